"""What differs between the servers: memory, formats, disks, and what nobody can know."""

from dataclasses import replace
from pathlib import Path

import pytest

from local.demo.gguf_writer import write_llama
from planning.plan import Plan, plan
from tests.support.planning_fakes import InMemoryAccount, InMemoryModelFiles
from tests.unit.demo import checkpoints
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.gguf_on_paper import LLAMA_GGUF, gguf, gguf_folder
from tests.unit.planning.wishes import code, planned, shown, wish

GPTQ = {"quantization_config": {"quant_method": "gptq", "bits": 4}}
FP8 = {"quantization_config": {"quant_method": "fp8"}}
MXFP4 = {"quantization_config": {"quant_method": "mxfp4"}}


def of_the_format(config: paper.Json, dtype: str) -> InMemoryModelFiles:
    return paper.folder(paper.LLAMA_31_8B | config, paper.decoder(paper.LLAMA_31_8B, dtype))


def on_cpu(instance_type: str, **environment: str) -> Plan:
    files = gguf_folder(LLAMA_GGUF)
    return planned(files, instance_type, "llamacpp", **environment)


def test_llama_cpp_takes_the_context_of_every_caller_at_once() -> None:
    found = on_cpu("m5.large")
    assert (found.starts, found.fit.requested, found.fit.sequences) == (True, 4096, 4)
    tight = on_cpu("m5.large", CONTEXT_LENGTH="131072")
    assert code(tight) == "ContextTooLong"
    assert tight.reason is not None
    assert "lower PARALLEL" in tight.reason.fix
    assert on_cpu("m5.large", CONTEXT_LENGTH="100000", PARALLEL="1").starts


def test_llama_cpp_is_offered_no_gpu() -> None:
    found = on_cpu("g6.xlarge", CONTEXT_LENGTH="131072")
    assert code(found) == "ContextTooLong"
    assert str(found.candidates[0]) == "r5.xlarge"


def test_llama_cpp_ends_where_the_model_does(tmp_path: Path) -> None:
    write_llama(checkpoints.llama(tmp_path), tmp_path / "out.gguf")
    files = InMemoryModelFiles()
    files.put("org/model/tiny.gguf", (tmp_path / "out.gguf").read_bytes())
    found = planned(files, "m5.large", "llamacpp")
    assert (found.starts, found.fit.requested, found.fit.largest) == (True, 64, 64)


def test_llama_cpp_is_offered_the_cheapest_instance_with_room() -> None:
    files = gguf_folder(LLAMA_GGUF)
    files.put("org/model/model.gguf", gguf(LLAMA_GGUF, 42 << 30))
    found = plan(wish("m5.large", "llamacpp"), files, InMemoryAccount())
    assert code(found) == "WeightsTooLarge"
    assert str(found.candidates[0]) == "r5.2xlarge with blockDeviceVolumeSize=52"
    again = wish("r5.2xlarge", "llamacpp", volume_gib=52)
    assert plan(again, files, InMemoryAccount()).starts


@pytest.mark.parametrize(("config", "dtype", "size"), [(GPTQ, "I8", 7.48), (FP8, "F8_E4M3", 7.48)])
def test_what_is_packed_stays_packed(config: paper.Json, dtype: str, size: float) -> None:
    found = planned(of_the_format(config, dtype))
    assert shown(found)["weights"]["gib"] == size
    assert found.fit.memory is not None
    assert found.fit.memory.weights == shown(found)["weights"]["bytes"]


def test_float32_is_loaded_in_half_on_a_gpu_and_not_when_asked_otherwise() -> None:
    files = paper.folder(paper.LLAMA_32_1B, paper.decoder(paper.LLAMA_32_1B, "F32"))
    half, whole = planned(files), planned(files, VLLM_DTYPE="float32")
    assert half.fit.memory and whole.fit.memory
    assert half.fit.memory.weights * 2 == whole.fit.memory.weights == 1_235_814_400 * 4
    tei = [planned(files, where, "tei").fit.memory for where in ("g6.xlarge", "m5.4xlarge")]
    assert [one.weights for one in tei if one] == [1_235_814_400 * 2, 1_235_814_400 * 4]


def test_weights_are_spread_over_the_gpus() -> None:
    files = paper.folder(paper.LLAMA_31_8B)
    one, four = planned(files, "g6e.xlarge"), planned(files, "g6e.12xlarge")
    assert one.fit.memory and four.fit.memory
    assert four.fit.memory.weights == one.fit.memory.weights // 4
    assert (four.fit.memory.gpus, four.starts) == (4, True)


def test_tgi_keeps_a_reserve_and_embedding_servers_no_cache() -> None:
    files = paper.folder(paper.LLAMA_31_8B)
    tgi = planned(files, "g6.xlarge", "tgi", MAX_TOTAL_TOKENS="8192")
    assert (tgi.starts, tgi.fit.requested) == (True, 8192)
    assert planned(files, "g6.xlarge", "tei").fit.sequences is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (planned(of_the_format(FP8, "F8_E4M3"), "g4dn.xlarge", VLLM_MAX_MODEL_LEN="4096"), "FP8"),
        (
            planned(paper.folder(paper.LLAMA_32_1B), "g4dn.2xlarge", VLLM_MAX_MODEL_LEN="4k"),
            "bfloat16",
        ),
        (planned(paper.folder(paper.LLAMA_32_1B), "m5.4xlarge"), "without a GPU"),
        (planned(paper.folder(paper.LLAMA_32_1B), VLLM_KV_CACHE_DTYPE="nvfp4"), "'nvfp4'"),
        (planned(paper.folder({"model_type": "x"}, {"w": ("F16", (9,))})), "by names known here"),
        (planned(paper.folder(paper.LLAMA_32_1B), "z9.huge"), "z9.huge is not known"),
    ],
)
def test_what_nobody_can_know_is_said(found: Plan, words: str) -> None:
    assert (found.starts, found.reason) == (None, None)
    assert any(words in sentence for sentence in found.unknowns)
    assert all(sentence.endswith(".") for sentence in found.unknowns)


def test_a_format_that_the_gpu_cannot_compute_is_refused() -> None:
    found = planned(of_the_format(MXFP4, "U8"), "g4dn.12xlarge", VLLM_MAX_MODEL_LEN="4096")
    assert code(found) == "DtypeUnsupported"


def test_a_nonsense_of_numbers_is_no_crash() -> None:
    absurd = {name: 1 << 53 for name in ("hidden_size", "intermediate_size", "vocab_size")}
    found = planned(paper.folder(paper.LLAMA_32_1B | absurd, {"w": ("F16", (9,))}))
    assert code(found) == "WeightsTooLarge"


def test_disks_of_the_instance_hold_weights_and_the_volume_holds_the_image() -> None:
    files = paper.folder(paper.LLAMA_31_8B)
    asked = wish("g6e.xlarge", volume_gib=30)
    assert plan(asked, files, InMemoryAccount()).starts
    small = plan(replace(asked, volume_gib=29), files, InMemoryAccount())
    assert code(small) == "DiskTooSmall"
