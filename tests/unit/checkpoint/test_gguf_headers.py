"""Headers of GGUF files, good and hostile; our own writer's too."""

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint.architecture import from_gguf
from checkpoint.blocked import Blocked
from checkpoint.folder import Folder
from checkpoint.gguf import read_metadata
from local.demo.gguf_writer import write_llama, write_minilm
from tests.support.planning_fakes import InMemoryModelFiles, Sparse
from tests.unit.demo import checkpoints
from tests.unit.planning.gguf_on_paper import LLAMA_GGUF, gguf

HEAD = b"GGUF" + struct.pack("<I", 3) + struct.pack("<Q", 1)


def opened(content: bytes | Sparse) -> tuple[Folder, InMemoryModelFiles]:
    files = InMemoryModelFiles()
    files.put("m/model.gguf", content)
    return Folder(files, "m"), files


def metadata(content: bytes | Sparse) -> dict[str, Any]:
    return read_metadata(opened(content)[0], "model.gguf")


def test_what_comes_before_the_tokenizer_is_read() -> None:
    folder, files = opened(gguf(LLAMA_GGUF))
    found = read_metadata(folder, "model.gguf")
    assert found == {name: LLAMA_GGUF[name] for name in found}
    assert "llama.attention.key_length" in found
    assert len(files.reads) == 1


def test_a_tokenizer_that_comes_first_is_walked_over() -> None:
    first = {"tokenizer.ggml.tokens": ["token"] * 130_000, "tokenizer.ggml.types": [1] * 130_000}
    folder, files = opened(gguf(first | LLAMA_GGUF))
    assert read_metadata(folder, "model.gguf")["llama.block_count"] == 16
    assert len(files.reads) <= 6


def test_what_each_layer_has_is_kept_and_long_lists_are_not() -> None:
    found = metadata(gguf({"a.heads": [1, 2, 3], "a.long": [7] * 2_000, "a.last": 1}))
    assert found == {"a.heads": [1, 2, 3], "a.last": 1}


def pairs(count: int, body: bytes) -> bytes:
    return HEAD + struct.pack("<Q", count) + body


NAME = struct.pack("<Q", 1) + b"k"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ends within"),
        (b"GGML" + bytes(64), "no GGUF"),
        (b"GGUF" + struct.pack("<I", 1) + bytes(64), "version 1"),
        (pairs(2**63, b""), "pairs of metadata"),
        (pairs(1, b""), "ends within"),
        (pairs(1, struct.pack("<Q", 2**63)), "ends within"),
        (pairs(1, NAME + struct.pack("<I", 99)), "unknown type 99"),
        (pairs(1, NAME + struct.pack("<IIQ", 9, 9, 1)), "list of the unknown type 9"),
        (pairs(1, NAME + struct.pack("<IIQ", 9, 4, 2**62)), "ends within"),
        (pairs(1, NAME + struct.pack("<IIQ", 9, 8, 2**62)), "ends within"),
        (Sparse(pairs(1, NAME + struct.pack("<IIQ", 9, 8, 2**62)), 1 << 40), "for more than"),
    ],
)
def test_a_damaged_file_says_so_after_few_reads(content: bytes | Sparse, words: str) -> None:
    folder, files = opened(content)
    with pytest.raises(Blocked) as blocked:
        read_metadata(folder, "model.gguf")
    assert words in blocked.value.reason.message
    assert len(files.reads) <= 20


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    for start in (b"", HEAD):
        try:
            metadata(start + content)
        except Blocked as blocked:
            assert blocked.reason.code == "WeightsUnreadable"


def test_our_own_chat_model_is_understood(tmp_path: Path) -> None:
    write_llama(checkpoints.llama(tmp_path), tmp_path / "out.gguf")
    model = from_gguf(metadata((tmp_path / "out.gguf").read_bytes()))
    assert (model.full_layers, model.heads, model.kv_heads, model.cell) == (2, 4, 2, 8)
    assert (model.context, model.encoder, model.unknowns) == (64, False, ())


def test_our_own_embedding_model_keeps_nothing(tmp_path: Path) -> None:
    write_minilm(checkpoints.bert(tmp_path), tmp_path / "out.gguf")
    model = from_gguf(metadata((tmp_path / "out.gguf").read_bytes()))
    assert (model.encoder, model.context, model.hidden) == (True, 64, 16)


def test_layers_with_a_state_are_said_to_be_unknown() -> None:
    model = from_gguf({"general.architecture": "mamba", "mamba.ssm.state_size": 16})
    assert (model.full_layers, len(model.unknowns)) == (None, 1)
