"""A PyTorch checkpoint becomes safetensors with the same numbers, and nothing in it ever runs."""

import json
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from staging.checkpoint import Archive, header_of
from staging.checkpoint.safetensors import LENGTH
from staging.checkpoint.state import read_state
from staging.conversion import Conversion
from staging.faults import CheckpointRefused
from tests.support import checkpoints as made
from tests.support.checkpoints import Saved, checkpoint, floats, plain

SIX = floats(0, 1, 2, 3, 4, 5)
HEAD, TABLE = "lm_head.weight", "model.embed_tokens.weight"


def converted(source: Path, tied: bool = True) -> Path:
    return Conversion(tied=tied).convert(source, source.name, source.parent / "out")


def header(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    (length,) = LENGTH.unpack(content[:8])
    found: dict[str, Any] = json.loads(content[8 : 8 + length])
    return found


def one(path: Path, saved: Saved, storage: bytes = SIX) -> Path:
    return checkpoint(path / "pytorch_model.bin", {"x": saved}, {"0": storage})


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (Saved("0", (2, 3), (3, 1)), [[0, 1, 2], [3, 4, 5]]),
        (Saved("0", (3, 2), (1, 3)), [[0, 3], [1, 4], [2, 5]]),
        (Saved("0", (2, 2), (3, 2)), [[0, 2], [3, 5]]),
        (Saved("0", (2, 2), (0, 1), offset=1), [[1, 2], [1, 2]]),
        (Saved("0", (2, 2), (1, 0), offset=1), [[1, 1], [2, 2]]),
        (Saved("0", (1, 3), (9, 1), offset=3), [[3, 4, 5]]),
        (Saved("0", (1, 1, 2), (1, 1, 3)), [[[0, 3]]]),
        (Saved("0", (), (), offset=4), 4),
        (Saved("0", (0, 3), (3, 1)), np.zeros((0, 3))),
    ],
)
def test_a_view_is_written_as_the_numbers_that_it_shows(
    tmp_path: Path, saved: Saved, expected: object
) -> None:
    loaded = load_file(converted(one(tmp_path, saved)))["x"]
    assert loaded.shape == saved.shape
    assert loaded.tolist() == np.asarray(expected).tolist()


@settings(deadline=None)
@given(st.permutations(range(3)), st.tuples(*[st.integers(1, 4)] * 3))
def test_any_order_of_dimensions_keeps_the_numbers(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], shape: tuple[int, int, int]
) -> None:
    numbers = np.arange(np.prod(shape), dtype="<f4").reshape(shape)
    view = numbers.transpose(order)
    stride = tuple(step // 4 for step in view.strides)
    source = one(tmp_path_factory.mktemp("a"), Saved("0", view.shape, stride), numbers.tobytes())
    assert load_file(converted(source))["x"].tolist() == view.tolist()


@pytest.mark.parametrize(
    ("saved", "name", "size"),
    [
        (Saved("0", (3,), (1,), kind="BFloat16Storage"), "BF16", 2),
        (Saved("0", (3,), (1,), kind="HalfStorage"), "F16", 2),
        (Saved("0", (3,), (1,), kind="BoolStorage"), "BOOL", 1),
        (Saved("0", (3,), (1,), kind="LongStorage"), "I64", 8),
        (Saved("0", (3,), (1,), dtype="float8_e4m3fn"), "F8_E4M3", 1),
        (Saved("0", (3,), (1,), dtype="uint16"), "U16", 2),
    ],
)
def test_every_kind_of_number_keeps_its_bytes(
    tmp_path: Path, saved: Saved, name: str, size: int
) -> None:
    storage = bytes(range(3 * size))
    path = converted(one(tmp_path, saved, storage))
    assert header(path)["x"] == {"dtype": name, "shape": [3], "data_offsets": [0, 3 * size]}
    assert path.read_bytes().endswith(storage)


def test_larger_numbers_come_first_so_that_all_are_aligned(tmp_path: Path) -> None:
    tensors = {
        "a": Saved("0", (3,), (1,), kind="ByteStorage"),
        "b": Saved("1", (1,), (1,), kind="LongStorage"),
    }
    source = checkpoint(tmp_path / "model.pt", tensors, {"0": b"abc", "1": b"\1" * 8})
    found = header(converted(source))
    assert list(found) == ["__metadata__", "b", "a"]
    length = LENGTH.unpack((tmp_path / "out/model.safetensors").read_bytes()[:8])[0]
    assert length % 8 == 0


def test_tied_embeddings_are_written_once_and_named_in_the_metadata(tmp_path: Path) -> None:
    same = Saved("0", (2, 3), (3, 1))
    source = checkpoint(tmp_path / "a.bin", {HEAD: same, TABLE: same}, {"0": SIX})
    found = header(converted(source))
    assert found["__metadata__"] == {"format": "pt", HEAD: TABLE}
    assert set(found) == {"__metadata__", TABLE}


def test_embeddings_that_the_configuration_does_not_tie_are_written_twice(tmp_path: Path) -> None:
    same = Saved("0", (2, 3), (3, 1))
    source = checkpoint(tmp_path / "a.bin", {HEAD: same, TABLE: same}, {"0": SIX})
    loaded = load_file(converted(source, tied=False))
    assert loaded[HEAD].tolist() == loaded[TABLE].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_names_that_no_loader_ties_keep_their_copies(tmp_path: Path) -> None:
    same = Saved("0", (6,), (1,))
    source = checkpoint(tmp_path / "a.bin", {"a.scale": same, "b.scale": same}, {"0": SIX})
    assert set(load_file(converted(source))) == {"a.scale", "b.scale"}


def test_a_training_checkpoint_is_read_for_its_model(tmp_path: Path) -> None:
    inner = made.state({"x": made.tensor(Saved("0", (6,), (1,)), 6)})
    outer = made.state({"epoch": plain(3), "state_dict": inner})
    source = made.save(tmp_path / "a.pt", outer, {"0": SIX})
    assert load_file(converted(source))["x"].tolist() == [0, 1, 2, 3, 4, 5]


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


def test_a_large_checkpoint_takes_little_memory(tmp_path: Path) -> None:
    size = 64 * 1024 * 1024
    half = size // 4 // 2
    tensors = {"a": Saved("0", (half,), (1,)), "b": Saved("0", (half // 2,), (2,), half)}
    source = checkpoint(tmp_path / "a.bin", tensors, {"0": bytes(size)})
    tracemalloc.start()
    path = converted(source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > size * 3 // 4
    assert peak < size // 3


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
