"""Whole plans for checkpoints that everybody knows."""

from pathlib import Path

import pytest

from local.demo.build import CHAT_WEIGHTS
from planning.plan import Plan
from tests.support.planning_fakes import InMemoryModelFiles
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.wishes import code, planned, shown


@pytest.fixture(scope="module")
def llama() -> InMemoryModelFiles:
    return paper.folder(paper.LLAMA_31_8B, shards=4)


def test_llama_does_not_start_on_one_l4_with_its_whole_context(llama: InMemoryModelFiles) -> None:
    found = planned(llama)
    assert (found.starts, code(found)) == (False, "ContextTooLong")
    assert shown(found)["weights"]["gib"] == 14.96
    assert shown(found)["weights"]["elementsByDataType"] == {"BF16": 8_030_261_248}
    assert shown(found)["model"]["cacheBytesPerToken"] == 131_072


def test_llama_leaves_on_one_l4_what_vllm_measured(llama: InMemoryModelFiles) -> None:
    # A start-up log of vLLM: 4.60 GiB, 2,356 blocks of 16, on a GPU of 22.07 GiB; an L4 has 22.03.
    found = planned(llama)
    assert found.fit.largest is not None
    assert abs(found.fit.largest - 2356 * 16) < 500
    assert found.reason is not None
    assert f"VLLM_MAX_MODEL_LEN to at most {found.fit.largest}" in found.reason.fix


@pytest.mark.parametrize(
    ("instance_type", "environment", "starts"),
    [
        ("g6.xlarge", {"VLLM_MAX_MODEL_LEN": "36000"}, True),
        ("g6.xlarge", {"VLLM_MAX_MODEL_LEN": "40960"}, False),
        ("g6.xlarge", {"VLLM_MAX_MODEL_LEN": "40960", "VLLM_KV_CACHE_DTYPE": "fp8"}, True),
        ("g6.xlarge", {"VLLM_MAX_MODEL_LEN": "-1"}, True),
        ("g6.12xlarge", {}, True),
        ("g6.12xlarge", {"VLLM_TENSOR_PARALLEL_SIZE": "1"}, False),
        ("g6e.xlarge", {}, True),
        ("p5.48xlarge", {}, True),
    ],
)
def test_where_llama_starts(
    llama: InMemoryModelFiles, instance_type: str, environment: dict[str, str], starts: bool
) -> None:
    assert planned(llama, instance_type, **environment).starts is starts


def test_a_sharded_checkpoint_costs_a_handful_of_small_reads(llama: InMemoryModelFiles) -> None:
    llama.reads.clear()
    planned(llama)
    assert len(llama.reads) == 6
    assert sum(length for _, _, length in llama.reads) < 1 << 20


def test_tied_embeddings_are_counted_once() -> None:
    found = planned(paper.folder(paper.LLAMA_32_1B))
    assert shown(found)["weights"]["elementsByDataType"] == {"BF16": 1_235_814_400}
    assert shown(found)["model"]["cacheBytesPerToken"] == 32_768
    assert found.starts


def test_a_window_makes_long_sequences_cheap() -> None:
    windowed, whole = (
        planned(paper.folder(config))
        for config in (paper.MISTRAL_7B, paper.MISTRAL_7B | {"sliding_window": None})
    )
    assert (windowed.starts, windowed.fit.sequences) == (True, 6)
    assert (whole.starts, whole.fit.sequences) == (True, 1)


def test_every_expert_of_a_mixture_is_loaded() -> None:
    shapes = paper.decoder(paper.MIXTRAL) | {
        f"model.layers.{layer}.experts.{expert}.{part}": ("BF16", (14336, 4096))
        for layer in range(32)
        for expert in range(7)
        for part in ("w1", "w2", "w3")
    }
    found = planned(paper.folder(paper.MIXTRAL, shapes), "g6.12xlarge")
    assert code(found) == "WeightsTooLarge"
    assert [str(candidate) for candidate in found.candidates][:1] == ["g6e.12xlarge"]


@pytest.mark.parametrize("config", [paper.BERT, paper.BGE_LARGE])
def test_an_encoder_starts_anywhere_and_keeps_nothing(config: paper.Json) -> None:
    shapes: paper.Shapes = {"embeddings.weight": ("F32", (30522, config["hidden_size"]))}
    files = paper.folder(config, shapes)
    for instance_type in ("m5.large", "g4dn.xlarge"):
        found = planned(files, instance_type, "tei")
        assert (found.starts, found.fit.requested, found.fit.sequences) == (True, 512, None)


def our_chat_model(container: str) -> Plan:
    files = InMemoryModelFiles()
    for path in sorted(Path(CHAT_WEIGHTS).iterdir()):
        files.put(f"org/model/{path.name}", path.read_bytes())
    return planned(files, "g4dn.xlarge", container)


def test_our_own_chat_model_starts_with_vllm() -> None:
    found = our_chat_model("vllm")
    assert (found.starts, found.fit.requested) == (True, 2048)
    # 4 layers x 2 heads x 2 x 64 numbers of two bytes.
    assert shown(found)["model"]["cacheBytesPerToken"] == 2048
    assert shown(found)["weights"]["elementsByDataType"].keys() == {"F16"}
