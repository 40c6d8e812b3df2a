"""Headers of safetensors files, good and hostile."""

import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint.blocked import Blocked
from checkpoint.folder import Folder
from checkpoint.safetensors import BITS, MAX_HEADER, read_header
from tests.support.planning_fakes import InMemoryModelFiles, Sparse
from tests.unit.planning.checkpoints_on_paper import safetensors

GOOD = {"w": {"dtype": "F16", "shape": [2, 3], "data_offsets": [0, 12]}}


def file(header: Any, data: int = 12) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(data)


def folder(content: bytes | Sparse) -> tuple[Folder, InMemoryModelFiles]:
    files = InMemoryModelFiles()
    files.put("m/model.safetensors", content)
    return Folder(files, "m"), files


def refusal(content: bytes | Sparse) -> str:
    opened, files = folder(content)
    with pytest.raises(Blocked) as blocked:
        read_header(opened, "model.safetensors")
    assert blocked.value.reason.code == "WeightsUnreadable"
    assert len(files.reads) <= 2
    return blocked.value.reason.message


def test_elements_are_counted_by_their_type() -> None:
    opened, files = folder(
        safetensors(
            {"a": ("BF16", (4096, 11)), "b": ("F32", (3,)), "c": ("I32", ()), "d": ("F4", (6,))}
        )
    )
    header = read_header(opened, "model.safetensors")
    assert header.elements == {"BF16": 45_056, "F32": 3, "I32": 1, "F4": 6}
    assert header.data_bytes == 90_112 + 12 + 4 + 3
    assert len(files.reads) == 1


def test_a_long_header_costs_a_second_read_and_no_more() -> None:
    shapes = {f"model.layers.{number}.weight": ("F16", (8, 8)) for number in range(2_000)}
    opened, files = folder(safetensors(shapes))
    assert read_header(opened, "model.safetensors").elements == {"F16": 128_000}
    assert len(files.reads) == 2


def test_a_type_of_the_future_is_counted_in_bytes() -> None:
    opened, _ = folder(file({"w": {"dtype": "F3", "shape": [5], "data_offsets": [0, 12]}}))
    assert read_header(opened, "model.safetensors").data_bytes == 12


def test_a_header_too_long_to_parse_still_tells_the_bytes() -> None:
    length = 50 << 20
    opened, files = folder(Sparse(struct.pack("<Q", length), 8 + length + 1_000))
    header = read_header(opened, "model.safetensors")
    assert (header.data_bytes, header.counted) == (1_000, False)
    assert len(files.reads) == 1


def entry(**changes: Any) -> dict[str, Any]:
    return {"w": GOOD["w"] | changes}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "too short"),
        (b"1234567", "too short"),
        (struct.pack("<Q", MAX_HEADER + 1) + bytes(64), "promises a header"),
        (struct.pack("<Q", 2**64 - 1) + bytes(64), "promises a header"),
        (Sparse(struct.pack("<Q", MAX_HEADER + 1), 1 << 40), "promises a header"),
        (file(b"{}{}", 0), "not JSON"),
        (file(b"\xff\xfe", 0), "not JSON"),
        (file(b"[" * 100_000, 0), "nested too deeply"),
        (file(b'{"a":' * 100_000, 0), "nested too deeply"),
        (file(b"[1]", 0), "not a JSON object"),
        (file(b'{"w": ' + b"9" * 9_000 + b"}", 0), "not JSON"),
        (file({"w": 1}), "says nothing of"),
        (file(entry(data_offsets=[-1, 11])), "no data type, shape and place"),
        (file(entry(data_offsets=[0])), "no data type, shape and place"),
        (file(entry(shape=[2, True])), "no data type, shape and place"),
        (file(entry(shape=[1] * 33)), "no data type, shape and place"),
        (file(entry(dtype=16)), "no data type, shape and place"),
        (file(entry(data_offsets=[12, 0])), "does not match"),
        (file(entry(shape=[2**40, 2**40])), "does not match"),
        (file(GOOD | {"v": GOOD["w"]}), "overlap"),
        (file(entry(data_offsets=[2, 14]), 14), "hole"),
        (file(GOOD, 11), "describes 12 bytes"),
        (file(GOOD, 13), "describes 12 bytes"),
    ],
)
def test_a_damaged_file_is_said_to_be_one(content: bytes | Sparse, words: str) -> None:
    message = refusal(content)
    assert words in message
    assert message.startswith("s3://test-models/m/model.safetensors is damaged")


@given(st.binary(max_size=400))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    opened, _ = folder(content)
    try:
        assert read_header(opened, "model.safetensors").data_bytes >= 0
    except Blocked as blocked:
        assert blocked.reason.code == "WeightsUnreadable"


def json_values() -> st.SearchStrategy[Any]:
    leaves = st.none() | st.booleans() | st.integers() | st.sampled_from(["F16", [0, 12], 1e300])
    names = st.sampled_from("ab")
    return st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=6
    )


@given(st.dictionaries(st.sampled_from(["dtype", "shape", "data_offsets", "x"]), json_values()))
def test_no_header_at_all_breaks_the_reader(tensor: dict[str, Any]) -> None:
    opened, _ = folder(file({"w": GOOD["w"] | tensor}))
    try:
        assert read_header(opened, "model.safetensors").data_bytes == 12
    except Blocked as blocked:
        assert "damaged" in blocked.reason.message


def test_every_type_has_a_size() -> None:
    assert set(BITS.values()) == {4, 6, 8, 16, 32, 64}
