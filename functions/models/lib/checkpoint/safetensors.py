"""Headers of safetensors files: what is stored, in which data types, without reading the tensors.

The format, as its documentation has it: 8 bytes of length (little endian), that many bytes of JSON
(100 MB at most), then the tensors without holes or overlaps, at the offsets that the JSON says.
"""

from dataclasses import dataclass, field
from math import prod
from typing import Any, TypeGuard

from checkpoint.folder import Damaged, Folder, Json, parse_object

BITS = {
    "F64": 64, "I64": 64, "U64": 64, "C64": 64, "F32": 32, "I32": 32, "U32": 32,
    "F16": 16, "BF16": 16, "I16": 16, "U16": 16, "I8": 8, "U8": 8, "BOOL": 8,
    "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
    "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4,
}  # fmt: skip
MAX_HEADER = 100_000_000
# Enough for most headers, so that one file costs one read.
_FIRST_READ = 64 << 10
# A header of more than this is counted by its length alone: its JSON would fill a small function.
_MAX_PARSED = 16 << 20
_MAX_DIMENSIONS = 32


@dataclass(frozen=True)
class Header:
    """One file: bytes of tensors; elements of each data type, none where nobody counted them.

    `elements` counts what is stored: eight 4-bit weights packed into an I32 are one element.
    """

    data_bytes: int
    elements: dict[str, int] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        """Return whether `elements` is known."""
        return bool(self.elements) or not self.data_bytes


def read_header(folder: Folder, name: str) -> Header:
    """Return a file's header in at most two reads, or raise Blocked."""
    try:
        return _header(folder, name, folder.sizes[name])
    except Damaged as error:
        raise folder.damaged(name, error) from None


def _header(folder: Folder, name: str, size: int) -> Header:
    beginning = folder.read(name, 0, min(size, _FIRST_READ))
    if len(beginning) < 8:
        raise Damaged("it is too short for a safetensors file")
    length = int.from_bytes(beginning[:8], "little")
    if length > MAX_HEADER or 8 + length > size:
        raise Damaged(f"it promises a header of {length:,} bytes and has {size:,} in all")
    data_bytes = size - 8 - length
    if length > _MAX_PARSED:
        return Header(data_bytes)
    text = beginning[8 : 8 + length]
    if len(text) < length:
        text += folder.read(name, 8 + len(text), length - len(text))
    return Header(data_bytes, _elements(parse_object(text), data_bytes))


def _elements(header: Json, data_bytes: int) -> dict[str, int]:
    header.pop("__metadata__", None)
    counts: dict[str, int] = {}
    spans = []
    for name, tensor in header.items():
        dtype, elements, begin, end = _tensor(name, tensor)
        spans.append((begin, end))
        counts[dtype] = counts.get(dtype, 0) + elements
    reached = 0
    for begin, end in sorted(spans):
        if begin != reached:
            raise Damaged(f"its tensors overlap or leave a hole at byte {min(begin, reached):,}")
        reached = end
    if reached != data_bytes:
        raise Damaged(f"its header describes {reached:,} bytes of tensors, it has {data_bytes:,}")
    return counts


def _tensor(name: str, tensor: Any) -> tuple[str, int, int, int]:
    if not isinstance(tensor, dict):
        raise Damaged(f"its header says nothing of the tensor {name[:80]!r}")
    dtype, shape = tensor.get("dtype"), tensor.get("shape")
    offsets = tensor.get("data_offsets")
    if not (isinstance(dtype, str) and _whole(shape) and _whole(offsets) and len(offsets) == 2):
        raise Damaged(f"its header has no data type, shape and place for {name[:80]!r}")
    begin, end = offsets
    elements = prod(shape)
    bits = BITS.get(dtype)
    if begin > end or (bits and elements * bits != (end - begin) * 8):
        raise Damaged(f"the shape of {name[:80]!r} does not match its place")
    return dtype[:16], elements, begin, end


def _whole(numbers: Any) -> TypeGuard[list[int]]:
    return (
        isinstance(numbers, list)
        and len(numbers) <= _MAX_DIMENSIONS
        and all(type(number) is int and 0 <= number < 1 << 63 for number in numbers)
    )
