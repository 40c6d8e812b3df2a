"""Headers of GGUF files: the architecture that llama.cpp reads, without the tensors.

The format, as ggml's documentation has it: `GGUF`, version, number of tensors, number of pairs,
then the pairs (name, type, value), little endian. The tokenizer's lists, of megabytes, come last.
"""

import struct
from typing import Any

from checkpoint.folder import Damaged, Folder

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q"}
_SCALARS[12] = "d"
_STRING, _ARRAY = 8, 9
_LENGTH = struct.Struct("<Q")
_MAX_PAIRS = 1_024
_MAX_NAME = 65_535
# Per-layer values are kept, vocabularies are not.
_MAX_KEPT = 1_024
_MAX_READ = 24 << 20
_VERSIONS = (2, 3)


def read_metadata(folder: Folder, name: str) -> dict[str, Any]:
    """Return a file's pairs as far as the tokenizer's, long lists left out, or raise Blocked."""
    try:
        return _pairs(_Window(folder, name))
    except Damaged as error:
        raise folder.damaged(name, error) from None


class _Window:
    """A file from its beginning on, read in growing pieces; what is skipped is not read."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder, self._name = folder, name
        self._size = folder.sizes[name]
        self._piece, self._start, self._at = b"", 0, 0
        self._ahead, self._left = 256 << 10, _MAX_READ

    def take(self, count: int) -> bytes:
        if self._at + count > self._size:
            raise Damaged("it ends within its header")
        offset = self._at - self._start
        if offset < 0 or offset + count > len(self._piece):
            self._fetch(count)
            offset = 0
        self._at += count
        return self._piece[offset : offset + count]

    def skip(self, count: int) -> None:
        if count > self._size - self._at:
            raise Damaged("it ends within its header")
        self._at += count

    def number(self, code: str) -> Any:
        return struct.unpack(f"<{code}", self.take(struct.calcsize(f"<{code}")))[0]

    def text(self) -> str:
        length = self.number("Q")
        if length > _MAX_NAME:
            self.skip(length)
            return ""
        return self.take(length).decode("utf-8", "replace")

    def skip_texts(self, count: int) -> None:
        """Walk over strings: vocabularies have hundreds of thousands, so without calls."""
        for _ in range(count):
            offset = self._at - self._start
            if offset < 0 or offset + 8 > len(self._piece):
                self.take(8)
                self._at -= 8
                offset = 0
            self._at += 8 + _LENGTH.unpack_from(self._piece, offset)[0]
            if self._at > self._size:
                raise Damaged("it ends within its header")

    def _fetch(self, count: int) -> None:
        length = min(max(count, self._ahead), self._size - self._at)
        self._left -= length
        if self._left < 0:
            raise Damaged(f"its header goes on for more than {_MAX_READ:,} bytes")
        self._piece = self._folder.read(self._name, self._at, length)
        if len(self._piece) < count:
            raise Damaged("it ends within its header")
        self._start = self._at
        # Twice as much each time, so that a header of any size costs a dozen reads at most.
        self._ahead = min(self._ahead * 2, 4 << 20)


def _pairs(window: _Window) -> dict[str, Any]:
    if window.take(4) != b"GGUF":
        raise Damaged("it is no GGUF file")
    version = window.number("I")
    if version not in _VERSIONS:
        raise Damaged(f"it is of GGUF version {version}, which nobody here knows")
    window.skip(8)
    count = window.number("Q")
    if count > _MAX_PAIRS:
        raise Damaged(f"it promises {count:,} pairs of metadata")
    found: dict[str, Any] = {}
    for _ in range(count):
        key = window.text()
        if key.startswith("tokenizer.") and _enough(found):
            break
        value = _value(window, window.number("I"))
        if value is not None:
            found[key] = value
    return found


def _enough(found: dict[str, Any]) -> bool:
    return f"{found.get('general.architecture')}.block_count" in found


def _value(window: _Window, kind: int) -> Any:
    if kind == _STRING:
        return window.text()
    if kind == _ARRAY:
        return _array(window)
    if kind not in _SCALARS:
        raise Damaged(f"its metadata has a value of the unknown type {kind}")
    return window.number(_SCALARS[kind])


def _array(window: _Window) -> list[Any] | None:
    kind, count = window.number("I"), window.number("Q")
    if kind == _STRING:
        window.skip_texts(count)
        return None
    if kind not in _SCALARS:
        raise Damaged(f"its metadata has a list of the unknown type {kind}")
    size = count * struct.calcsize(f"<{_SCALARS[kind]}")
    if count > _MAX_KEPT:
        window.skip(size)
        return None
    return list(struct.unpack(f"<{count}{_SCALARS[kind]}", window.take(size)))
