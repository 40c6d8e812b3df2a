"""A PyTorch checkpoint becomes safetensors with the same numbers."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from staging.checkpoint.safetensors import LENGTH
from staging.conversion import Conversion
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
