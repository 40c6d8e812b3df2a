"""Every reason: documented, reachable, with a fix that names what to do."""

from collections.abc import Callable

import pytest

from planning.plan import Plan, plan
from planning.ports import MAX_FILES
from planning.reasons import CODES
from tests.support.planning_fakes import InMemoryAccount, InMemoryModelFiles
from tests.unit.planning import checkpoints_on_paper as paper
from tests.unit.planning.gguf_on_paper import LLAMA_GGUF, gguf_folder
from tests.unit.planning.wishes import code, planned, wish

LLAMA = paper.LLAMA_32_1B
HEADS_OF_QWEN = paper.QWEN25_7B


def small(**config: object) -> InMemoryModelFiles:
    return paper.folder(LLAMA | config, paper.decoder(LLAMA))


def without(name: str) -> InMemoryModelFiles:
    files = paper.folder(LLAMA, shards=2)
    del files.objects[f"org/model/{name}"]
    return files


def only(name: str, size: int = 100) -> InMemoryModelFiles:
    files = InMemoryModelFiles()
    files.put(f"org/model/{name}", b"0" * size)
    return files


def refused() -> InMemoryModelFiles:
    return InMemoryModelFiles(refusal="denied")


def of_large_weights() -> InMemoryModelFiles:
    return paper.folder(LLAMA | {"num_hidden_layers": 900})


def with_volume(volume_gib: int) -> Plan:
    asked = wish("r5.large", "llamacpp", volume_gib=volume_gib)
    return plan(asked, gguf_folder(LLAMA_GGUF), InMemoryAccount())


ABSENT = InMemoryAccount(types={})
POOR = InMemoryAccount(types={"g6.xlarge": ["a"]}, vcpus={"g": 3})
CASES: dict[str, tuple[Callable[[], Plan], str]] = {
    "BadConfig": (lambda: planned(small(), VLLM_MAX_MODEL_LEN="long"), "VLLM_MAX_MODEL_LEN"),
    "WeightsMissing": (lambda: planned(InMemoryModelFiles()), "make stage-model"),
    "WeightsIncomplete": (
        lambda: planned(without("model-00002-of-00002.safetensors")),
        "make stage-model",
    ),
    "WeightsUnreadable": (lambda: planned(refused()), "s3:GetObject"),
    "WrongFormat": (lambda: planned(only("pytorch_model.bin")), "make stage-model"),
    "TensorParallelMismatch": (
        lambda: planned(paper.folder(HEADS_OF_QWEN), "g6.48xlarge"),
        "VLLM_TENSOR_PARALLEL_SIZE to 4",
    ),
    "DtypeUnsupported": (
        lambda: planned(small(), "g4dn.xlarge", VLLM_DTYPE="bfloat16"),
        "float16",
    ),
    "WeightsTooLarge": (lambda: planned(of_large_weights()), "Use p4de.24xlarge"),
    "ContextTooLong": (
        lambda: planned(paper.folder(paper.LLAMA_31_8B)),
        "VLLM_MAX_MODEL_LEN to at most",
    ),
    "DiskTooSmall": (lambda: with_volume(10), "blockDeviceVolumeSize to at least 12"),
    "InstanceNotOffered": (lambda: planned(small(), "g6.xlarge", "vllm", ABSENT), "another region"),
    "QuotaExceeded": (lambda: planned(small(), "g6.xlarge", "vllm", POOR), "at least 4"),
}


def test_every_code_has_a_case_and_is_documented() -> None:
    assert CASES.keys() == CODES.keys()
    assert all(text.endswith(".") for text in CODES.values())


@pytest.mark.parametrize("name", CASES)
def test_a_reason_says_what_to_do(name: str) -> None:
    make, fix = CASES[name]
    found = make()
    assert (found.starts, code(found)) == (False, name)
    assert found.reason is not None
    assert fix in found.reason.fix
    for sentence in (found.reason.message, found.reason.fix):
        assert sentence[0].isupper() or sentence.startswith(("s3://", "VLLM_", "us-"))
        assert sentence.endswith(".")


def test_the_first_reason_is_told_alone() -> None:
    files = paper.folder(paper.LLAMA_31_8B)
    assert code(planned(files, "g6.xlarge", "vllm", ABSENT)) == "ContextTooLong"


@pytest.mark.parametrize(
    ("files", "container", "fix"),
    [
        (only("model.gguf"), "vllm", "llamacpp"),
        (only("model.safetensors"), "llamacpp", "Convert the model to GGUF"),
        (only("README.md"), "vllm", "folder that holds"),
    ],
)
def test_the_wrong_format_leads_to_the_right_one(
    files: InMemoryModelFiles, container: str, fix: str
) -> None:
    found = planned(files, "g6.xlarge", container)
    assert found.reason is not None
    assert (found.reason.code, fix in found.reason.fix) == ("WrongFormat", True)


def test_a_model_is_not_served_beyond_its_end() -> None:
    found = planned(small(max_position_embeddings=4096), VLLM_MAX_MODEL_LEN="8k")
    assert found.reason is not None
    assert "8,000 tokens are requested, and the model ends at 4,096" in found.reason.message
    assert "to at most 4096" in found.reason.fix


@pytest.mark.parametrize(("gpus", "starts"), [(1, True), (2, True), (4, True), (7, False)])
def test_key_value_heads_are_divided_or_repeated_evenly(gpus: int, starts: bool) -> None:
    files = paper.folder(HEADS_OF_QWEN)
    found = planned(files, "g6.48xlarge", VLLM_TENSOR_PARALLEL_SIZE=str(gpus))
    assert found.starts is starts


def test_more_gpus_than_there_are_cannot_be_used() -> None:
    found = planned(small(), "g6.12xlarge", VLLM_TENSOR_PARALLEL_SIZE="8")
    assert found.reason is not None
    assert "the instance has 4" in found.reason.message
    assert "VLLM_TENSOR_PARALLEL_SIZE to 4" in found.reason.fix


def test_a_candidate_says_what_else_must_change() -> None:
    found = planned(paper.folder(HEADS_OF_QWEN | {"num_hidden_layers": 90}))
    assert "use g6e.xlarge" not in (found.reason.fix if found.reason else "")
    assert {str(candidate) for candidate in found.candidates} >= {"g6.12xlarge"}


def test_a_crowded_folder_is_no_model() -> None:
    files = InMemoryModelFiles()
    for number in range(MAX_FILES + 1):
        files.put(f"org/model/{number}", b"")
    found = planned(files)
    assert code(found) == "WeightsUnreadable"
    assert found.reason is not None
    assert "folder of one model" in found.reason.fix
