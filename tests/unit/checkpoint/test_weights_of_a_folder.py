"""Which files are the model: nothing twice, nothing missing."""

import json

import pytest

from checkpoint.blocked import Blocked
from checkpoint.folder import Folder
from checkpoint.weights import INDEX, MAX_HEADERS, MAX_READ, Weights, find_weights
from tests.support.planning_fakes import InMemoryModelFiles, Sparse
from tests.unit.planning.checkpoints_on_paper import safetensors
from tests.unit.planning.gguf_on_paper import LLAMA_GGUF, gguf

TENSOR = safetensors({"w": ("F16", (1_000,))})
HUGE = Sparse(b"", 16_000_000_000)


def found(*names: str, container: str = "vllm", model_file: str = "") -> Weights:
    return find_weights(folder({name: TENSOR for name in names}), container, model_file)


def folder(contents: dict[str, bytes | Sparse]) -> Folder:
    files = InMemoryModelFiles()
    for name, content in contents.items():
        files.put(f"org/model/{name}", content)
    return Folder(files, "org/model")


def refusal(contents: dict[str, bytes | Sparse], container: str = "vllm") -> tuple[str, str]:
    with pytest.raises(Blocked) as blocked:
        find_weights(folder(contents), container)
    return blocked.value.reason.code, blocked.value.reason.message


@pytest.mark.parametrize(
    "beside",
    [
        "consolidated.safetensors",
        "consolidated.00.pth",
        "original/consolidated.00.pth",
        "pytorch_model.bin",
        "1_Pooling/model.safetensors",
    ],
)
def test_the_same_weights_in_another_format_are_not_counted_twice(beside: str) -> None:
    weights = find_weights(folder({"model.safetensors": TENSOR, beside: HUGE}), "vllm")
    assert weights.bytes == 2_000
    assert [note for note in weights.notes if "14.90 GiB" in note]


def test_files_that_the_start_script_leaves_behind_need_no_disk() -> None:
    weights = find_weights(folder({"a.safetensors": TENSOR, "b.bin": HUGE}), "vllm")
    assert weights.folder_bytes == TENSOR.size


def test_what_only_consolidated_files_hold_is_the_model() -> None:
    assert found("consolidated.safetensors").bytes == 2_000


def test_the_index_says_which_files_are_the_model() -> None:
    index = json.dumps({"weight_map": {"w": "a.safetensors", "v": "a.safetensors"}}).encode()
    weights = find_weights(
        folder({INDEX: index, "a.safetensors": TENSOR, "b.safetensors": TENSOR}), "vllm"
    )
    assert (weights.files, weights.bytes, weights.elements) == (1, 2_000, {"F16": 1_000})


@pytest.mark.parametrize("text", [b"{}", b'{"weight_map": []}', b'{"weight_map": {"w": 1}}'])
def test_an_index_without_a_map_is_damaged(text: bytes) -> None:
    code, message = refusal({INDEX: text, "a.safetensors": TENSOR})
    assert (code, "no weight_map" in message) == ("WeightsUnreadable", True)


def test_an_index_that_promises_more_is_incomplete() -> None:
    index = json.dumps({"weight_map": {"w": "../../other/a.safetensors"}}).encode()
    code, message = refusal({INDEX: index, "a.safetensors": TENSOR})
    assert (code, "lacks 1 of 1" in message) == ("WeightsIncomplete", True)


@pytest.mark.parametrize(
    "last", ["model-00002-of-00003.safetensors", "model-00002-of-99999.safetensors"]
)
def test_a_shard_that_is_missing_is_named(last: str) -> None:
    code, message = refusal({"model-00001-of-00003.safetensors": TENSOR, last: TENSOR})
    assert code == "WeightsIncomplete"
    assert "first" in message


def test_hundreds_of_shards_cost_some_dozens_of_reads() -> None:
    total = 191
    names = [f"model-{at + 1:05}-of-{total:05}.safetensors" for at in range(total)]
    files = InMemoryModelFiles()
    for name in names:
        files.put(f"m/{name}", TENSOR)
    weights = find_weights(Folder(files, "m"), "vllm")
    assert len(files.reads) == MAX_HEADERS
    assert (weights.files, weights.elements) == (total, {})
    assert 0 <= weights.bytes - total * 2_000 < total * 100
    assert any("not counted" in note for note in weights.notes)


def test_headers_of_megabytes_are_read_up_to_a_bound() -> None:
    padded = json.dumps({"w": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}).encode()
    padded = padded.ljust(12 << 20)
    files = InMemoryModelFiles()
    for at in range(8):
        files.put(f"m/{at}.safetensors", len(padded).to_bytes(8, "little") + padded + b"12")
    weights = find_weights(Folder(files, "m"), "vllm")
    assert sum(length for _, _, length in files.reads) < MAX_READ + (16 << 20)
    assert (weights.files, weights.elements) == (8, {})


def test_one_gguf_file_is_the_model() -> None:
    weights = find_weights(folder({"a.gguf": gguf(LLAMA_GGUF), "README.md": b"1"}), "llamacpp")
    assert (weights.format, weights.bytes) == ("gguf", 1_300_000_000)
    assert weights.metadata["general.architecture"] == "llama"


def test_the_parts_of_a_split_file_belong_together() -> None:
    parts = {f"a-0000{part}-of-00002.gguf": gguf(LLAMA_GGUF, 10_000) for part in (1, 2)}
    assert find_weights(folder(dict(parts)), "llamacpp").bytes == 20_000
    parts.popitem()
    assert refusal(dict(parts), "llamacpp")[0] == "WeightsIncomplete"


def test_one_of_several_gguf_files_must_be_named() -> None:
    both: dict[str, bytes | Sparse] = {
        name: gguf(LLAMA_GGUF, size) for name, size in (("q4.gguf", 4_000), ("q8.gguf", 8_000))
    }
    code, message = refusal(both, "llamacpp")
    assert (code, "q4.gguf, q8.gguf" in message) == ("WrongFormat", True)
    assert find_weights(folder(both), "llamacpp", "q8.gguf").bytes == 8_000


def test_a_config_of_gigabytes_is_not_read() -> None:
    files = InMemoryModelFiles()
    files.put("m/config.json", HUGE)
    with pytest.raises(Blocked) as blocked:
        Folder(files, "m").json("config.json")
    assert "16,000,000,000 bytes" in blocked.value.reason.message
    assert files.reads == []
