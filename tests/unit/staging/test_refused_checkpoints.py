"""What is no plain checkpoint is refused with a sentence, and nothing in it ever runs."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staging.checkpoint import Archive, header_of
from staging.checkpoint.safetensors import LENGTH
from staging.checkpoint.state import read_state
from staging.conversion import Conversion
from staging.faults import CheckpointRefused
from tests.support import checkpoints as made
from tests.support.checkpoints import Saved, checkpoint, floats, plain

SIX = floats(0, 1, 2, 3, 4, 5)


def converted(source: Path) -> Path:
    return Conversion().convert(source, source.name, source.parent / "out")


def one(path: Path, saved: Saved, storage: bytes = SIX) -> Path:
    return checkpoint(path / "pytorch_model.bin", {"x": saved}, {"0": storage})


def test_a_pickle_that_would_run_something_is_refused_and_does_not_run(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    evil = made.call(made.a_global("os", "system"), plain(f"touch {witness}"))
    source = made.save(tmp_path / "a.bin", made.state({"x": evil}), {})
    with pytest.raises(CheckpointRefused, match=r"would call os\.system"):
        converted(source)
    assert not witness.exists()


@pytest.mark.parametrize(
    ("pickled", "why"),
    [
        (made.a_global("os", "system") + plain("id") + b"\x85\x81", "uses NEWOBJ"),
        (b"ios\nsystem\n", "uses INST"),
        (b"R", "malformed"),
        (b"}h\x07s", "malformed"),
        (b"]K\x01K\x02s", "a value that it has not made"),
        (b"}(K\x01K\x02K\x03u", "malformed"),
        (b"}]K\x01s", "keys that are no names"),
        (made.call(made.a_global("torch", "FloatStorage")), "would call torch.FloatStorage"),
        (plain("x") + b")R", "would call x"),
        (plain("no storage") + b"Q", "malformed"),
        (b"\x8a\xff", "malformed"),
    ],
)
def test_what_is_no_saved_state_is_refused(pickled: bytes, why: str) -> None:
    with pytest.raises(CheckpointRefused, match=why):
        read_state(made.PROTO + pickled + made.STOP)


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_get_further_than_a_refusal(pickled: bytes) -> None:
    try:
        read_state(made.PROTO + pickled)
    except CheckpointRefused as refused:
        assert refused.fix.endswith(".")


@pytest.mark.parametrize(
    ("saved", "why"),
    [
        (Saved("0", (7,), (1,)), "larger than its storage"),
        (Saved("0", (1000, 1000), (0, 0)), "larger than its storage"),
        (Saved("0", (2,), (1,), offset=5), "larger than its storage"),
        (Saved("missing", (1,), (1,)), "the storage of x is missing"),
        (Saved("../data.pkl", (1,), (1,)), "the storage of x is missing"),
        (Saved("0", (-1,), (1,)), "a tensor's shape is not one"),
        (Saved("0", (2,), (1, 1)), "a tensor's shape is not one"),
        (Saved("0", (1,), (1,), kind="ComplexFloatStorage"), "which safetensors has not"),
        (Saved("0", (1,), (1,), dtype="complex64"), "which safetensors has not"),
    ],
)
def test_a_tensor_that_lies_about_itself_is_refused(tmp_path: Path, saved: Saved, why: str) -> None:
    with pytest.raises(CheckpointRefused, match=why):
        converted(one(tmp_path, saved))


def test_a_compressed_archive_is_refused(tmp_path: Path) -> None:
    pickled = made.state({"x": made.tensor(Saved("0", (6,), (1,)), 6)})
    source = made.save(tmp_path / "a.bin", pickled, {"0": SIX}, zipfile.ZIP_DEFLATED)
    with pytest.raises(CheckpointRefused, match="is compressed"):
        converted(source)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_archive_is_converted_or_refused_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("a")
    source = one(folder, Saved("0", (3, 2), (1, 3)))
    content = bytearray(source.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    source.write_bytes(content[: data.draw(st.integers(0, len(content)))] or content)
    try:
        path = converted(source)
    except CheckpointRefused as refused:
        assert refused.fix.endswith(".")
    else:
        header_of(path.stat().st_size, lambda begin, n: path.read_bytes()[begin : begin + n])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", "before version 1.6"),
        (b"version https://git-lfs.github.com/spec/v1\n", "no zip archive"),
        (b"", "no zip archive"),
    ],
)
def test_what_is_no_archive_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / "a.bin").write_bytes(content)
    with pytest.raises(CheckpointRefused, match=why):
        converted(tmp_path / "a.bin")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"1234", "too short"),
        (struct.pack("<Q", 1 << 60) + b"{}", "would be"),
        (LENGTH.pack(2) + b"[]", "no object"),
        (LENGTH.pack(2) + b"{}" + b"x", "end at byte 10, and it has 11"),
        (LENGTH.pack(9) + b'{"a": {}}', "does not say where 'a' lies"),
        (LENGTH.pack(31) + b'{"a": {"data_offsets": [1, 2]}}' + b"xx", "leave a gap"),
    ],
)
def test_a_damaged_safetensors_file_is_found(content: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        header_of(len(content), lambda begin, length: content[begin : begin + length])


def test_a_file_is_closed_when_its_checkpoint_is_refused(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(CheckpointRefused):
            Archive(one(tmp_path, Saved("0", (7,), (1,))))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
