"""The safetensors format: a length, a JSON header, then the numbers.

https://github.com/huggingface/safetensors: 8 bytes of length (little-endian), a header of at most
100 MB, and tensors one after the other that cover the rest of the file without a gap.
"""

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from staging.checkpoint.tensors import Tensor

LARGEST_HEADER = 100_000_000
LENGTH = struct.Struct("<Q")


class Content(Protocol):
    """What has the tensors' numbers."""

    def content(self, tensor: Tensor) -> Iterable[bytes]:
        """Return a tensor's bytes in pieces."""


@dataclass(frozen=True)
class Header:
    """A file's tensors by name, and the bytes that header and tensors take together."""

    names: frozenset[str]
    size: int


def write(
    path: Path, tensors: Mapping[str, Tensor], aliases: Mapping[str, str], source: Content
) -> int:
    """Write a file piece by piece, and return the bytes of its tensors.

    `aliases` go into the metadata, name -> name written, where safetensors' own loader looks.
    """
    # The largest numbers first: so each tensor begins at a multiple of its number's size.
    order = sorted(tensors, key=lambda name: (-tensors[name].dtype.size, name))
    header, total = _header(order, tensors, aliases)
    with path.open("wb") as file:
        file.write(LENGTH.pack(len(header)) + header)
        for name in order:
            for piece in source.content(tensors[name]):
                file.write(piece)
    return total


def header_of(size: int, read: Callable[[int, int], bytes]) -> Header:
    """Read the header of a file of `size` bytes; `read(begin, length)` gives some of them.

    Raises ValueError, with what is wrong, where the header does not describe the whole file.
    """
    if size < LENGTH.size:
        raise ValueError("it is too short to have a header")
    (length,) = LENGTH.unpack(read(0, LENGTH.size))
    if length > min(LARGEST_HEADER, size - LENGTH.size):
        raise ValueError(f"its header would be {length} bytes long")
    try:
        header = json.loads(read(LENGTH.size, length))
    except RecursionError as error:
        raise ValueError("its header is nested without end") from error
    if not isinstance(header, dict):
        raise ValueError("its header is no object")
    header.pop("__metadata__", None)
    end = _end_of(_ranges(header))
    if LENGTH.size + length + end != size:
        raise ValueError(
            f"its tensors end at byte {LENGTH.size + length + end}, and it has {size} bytes"
        )
    return Header(frozenset(header), size)


def _header(
    order: list[str], tensors: Mapping[str, Tensor], aliases: Mapping[str, str]
) -> tuple[bytes, int]:
    header: dict[str, Any] = {"__metadata__": {"format": "pt", **aliases}}
    end = 0
    for name in order:
        tensor = tensors[name]
        begin, end = end, end + tensor.size
        header[name] = {
            "dtype": tensor.dtype.name,
            "shape": list(tensor.shape),
            "data_offsets": [begin, end],
        }
    text = json.dumps(header, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 8), end


def _ranges(header: Mapping[str, Any]) -> list[tuple[int, int]]:
    found = []
    for name, tensor in header.items():
        offsets = tensor.get("data_offsets") if isinstance(tensor, dict) else None
        if not isinstance(offsets, list) or [type(one) for one in offsets] != [int, int]:
            raise ValueError(f"its header does not say where {name[:120]!r} lies")
        found.append((offsets[0], offsets[1]))
    return sorted(found)


def _end_of(ranges: list[tuple[int, int]]) -> int:
    end = 0
    for begin, stop in ranges:
        if begin != end or stop < begin:
            raise ValueError(f"its tensors leave a gap at byte {end}, or overlap there")
        end = stop
    return end
