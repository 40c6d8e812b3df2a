"""The zip archive that torch.save writes: a pickle, and each storage as a file of its own."""

import mmap
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, Self

from staging.checkpoint.state import read_state
from staging.checkpoint.tensors import Tensor
from staging.faults import CheckpointRefused

# The pickle of a model of a thousand tensors takes about 0.1 MB.
_LARGEST_PICKLE = 64 * 1024 * 1024
_CHUNK = 8 * 1024 * 1024
_NUMBERS = 1024 * 1024
# https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7: a file's own header.
_LOCAL_HEADER = struct.Struct("<26xHH")
_FORMATS: dict[int, Literal["B", "H", "I", "Q"]] = {1: "B", 2: "H", 4: "I", 8: "Q"}
_WRAPPERS = ("state_dict", "model", "module", "model_state_dict")


class Archive:
    """An open checkpoint; `tensors` are its weights by name, in its own order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO = path.open("rb")
        try:
            self._entries, pickled, self._root = _contents(self._file, path.name)
            self.tensors = _named_tensors(read_state(pickled), path.name)
            self._refuse_what_reaches_too_far()
        except CheckpointRefused:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def content(self, tensor: Tensor) -> Iterator[bytes]:
        """The tensor's bytes in order, in pieces of bounded size."""
        if not tensor.count:
            return
        begin = self._begin(tensor.storage)
        if tensor.contiguous:
            yield from self._run(begin + tensor.offset * tensor.dtype.size, tensor.size)
        else:
            yield from self._gathered(begin, tensor)

    def _run(self, begin: int, size: int) -> Iterator[bytes]:
        self._file.seek(begin)
        while size:
            chunk = self._file.read(min(size, _CHUNK))
            if not chunk:
                raise _broken(self._path.name, "it ends in the middle of a tensor")
            size -= len(chunk)
            yield chunk

    def _gathered(self, begin: int, tensor: Tensor) -> Iterator[bytes]:
        with (
            mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as whole,
            whole[begin : begin + tensor.reach] as raw,
            raw.cast(_FORMATS[tensor.dtype.size]) as numbers,
        ):
            yield from _rows(numbers, tensor.offset, tensor.shape, tensor.stride)

    def _begin(self, key: str) -> int:
        """Where a storage's bytes begin: its name and its extra field come before them."""
        entry = self._entries[f"{self._root}data/{key}"]
        self._file.seek(max(entry.header_offset, 0))
        header = self._file.read(_LOCAL_HEADER.size)
        if header.startswith(b"PK\x03\x04") and len(header) == _LOCAL_HEADER.size:
            name, extra = _LOCAL_HEADER.unpack(header)
            begin = int(entry.header_offset + _LOCAL_HEADER.size + name + extra)
            if begin + entry.file_size <= self._path.stat().st_size:
                return begin
        raise _broken(self._path.name, f"storage {key} is not where it should be")

    def _refuse_what_reaches_too_far(self) -> None:
        for name, tensor in self.tensors.items():
            entry = self._entries.get(f"{self._root}data/{tensor.storage}")
            if entry is None:
                raise _broken(self._path.name, f"the storage of {name} is missing")
            # A tensor that repeats its numbers would be larger than its storage, without end.
            if max(tensor.reach, tensor.size) > entry.file_size:
                raise _broken(self._path.name, f"{name} is larger than its storage")


def _contents(file: BinaryIO, name: str) -> tuple[dict[str, zipfile.ZipInfo], bytes, str]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            pickles = [entry for entry in entries if entry.endswith("/data.pkl")]
            if len(pickles) != 1 or entries[pickles[0]].file_size > _LARGEST_PICKLE:
                raise _broken(name, "it holds no pickle of a state, or one that is too large")
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries.values()):
                raise _broken(name, "it is compressed, which torch.save never does")
            root = pickles[0].removesuffix("data.pkl")
            order = entries.get(f"{root}byteorder")
            if order and archive.read(order)[:8] != b"little":
                raise _broken(name, "its numbers are big-endian, which safetensors does not know")
            return entries, archive.read(pickles[0]), root
    # What the library says of archives that are damaged, encrypted or made to confuse it.
    except (zipfile.BadZipFile, RuntimeError, ValueError, struct.error, EOFError) as error:
        if _looks_like_an_old_one(file):
            raise _legacy(name) from error
        raise _broken(name, f"it is no zip archive: {error}") from error


def _looks_like_an_old_one(file: BinaryIO) -> bool:
    """Before version 1.6, torch.save wrote pickles one after the other."""
    file.seek(0)
    return file.read(1) == b"\x80"


def _named_tensors(state: Any, name: str) -> dict[str, Tensor]:
    """The state itself, or the one part of a training checkpoint that is the model."""
    if not isinstance(state, dict):
        raise _broken(name, "it is no dictionary of tensors")
    inner = [state[wrapper] for wrapper in _WRAPPERS if isinstance(state.get(wrapper), dict)]
    if len(inner) == 1:
        state = inner[0]
    for key, value in state.items():
        if not isinstance(key, str) or not isinstance(value, Tensor):
            raise _broken(name, f"what it holds under {str(key)[:120]!r} is no tensor")
    return dict(state)


def _rows(
    numbers: memoryview, offset: int, shape: tuple[int, ...], stride: tuple[int, ...]
) -> Iterator[bytes]:
    """Walk all dimensions but the last one; a slice with a step gathers that one in C."""
    (length, *inner), (step, *steps) = shape, stride
    if inner:
        for index in range(length):
            yield from _rows(numbers, offset + index * step, tuple(inner), tuple(steps))
        return
    for begin in range(0, length, _NUMBERS):
        count = min(_NUMBERS, length - begin)
        first = offset + begin * step
        if step:
            yield numbers[first : first + (count - 1) * step + 1 : step].tobytes()
        else:
            yield numbers[first : first + 1].tobytes() * count


def _broken(name: str, why: str) -> CheckpointRefused:
    return CheckpointRefused(
        f"The checkpoint {name} cannot be converted: {why}.",
        "Bring the file here once more, or ask the model's makers for safetensors.",
    )


def _legacy(name: str) -> CheckpointRefused:
    return CheckpointRefused(
        f"The checkpoint {name} is of PyTorch's format before version 1.6, which cannot be read "
        "without running it.",
        "Where you trust it, load it with torch.load and save it again with torch.save, or look "
        "for a revision of the model with safetensors; then put the files into "
        "models/<org>/<name> and run the command again.",
    )
