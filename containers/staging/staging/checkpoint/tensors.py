"""What a checkpoint says of its tensors: where their numbers lie, and how they are laid out."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class DType:
    """A number's kind, by the name that safetensors gives it, and its size in bytes."""

    name: str
    size: int


# https://github.com/huggingface/safetensors, `Dtype`: complex and quantised kinds have no name.
BY_TORCH_NAME = {
    "float64": DType("F64", 8),
    "float32": DType("F32", 4),
    "float16": DType("F16", 2),
    "bfloat16": DType("BF16", 2),
    "float8_e4m3fn": DType("F8_E4M3", 1),
    "float8_e5m2": DType("F8_E5M2", 1),
    "int64": DType("I64", 8),
    "int32": DType("I32", 4),
    "int16": DType("I16", 2),
    "int8": DType("I8", 1),
    "uint64": DType("U64", 8),
    "uint32": DType("U32", 4),
    "uint16": DType("U16", 2),
    "uint8": DType("U8", 1),
    "bool": DType("BOOL", 1),
}
BY_STORAGE = {
    "DoubleStorage": BY_TORCH_NAME["float64"],
    "FloatStorage": BY_TORCH_NAME["float32"],
    "HalfStorage": BY_TORCH_NAME["float16"],
    "BFloat16Storage": BY_TORCH_NAME["bfloat16"],
    "LongStorage": BY_TORCH_NAME["int64"],
    "IntStorage": BY_TORCH_NAME["int32"],
    "ShortStorage": BY_TORCH_NAME["int16"],
    "CharStorage": BY_TORCH_NAME["int8"],
    "ByteStorage": BY_TORCH_NAME["uint8"],
    "BoolStorage": BY_TORCH_NAME["bool"],
}


@dataclass(frozen=True)
class Storage:
    """A run of numbers in the archive, by its key; untyped ones are typed by their tensors."""

    key: str
    dtype: DType | None


@dataclass(frozen=True)
class Tensor:
    """A view of a storage; offset and strides count numbers, not bytes."""

    storage: str
    dtype: DType
    offset: int
    shape: tuple[int, ...]
    stride: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)

    @property
    def size(self) -> int:
        """Its bytes when written one after the other."""
        return self.count * self.dtype.size

    @property
    def reach(self) -> int:
        """How many bytes of its storage it needs, from the storage's beginning."""
        if not self.count:
            return 0
        steps = zip(self.shape, self.stride, strict=True)
        last = self.offset + sum((length - 1) * step for length, step in steps)
        return (last + 1) * self.dtype.size

    @property
    def contiguous(self) -> bool:
        """Whether its numbers lie one after the other, in order."""
        expected = 1
        for length, step in zip(reversed(self.shape), reversed(self.stride), strict=True):
            if length != 1 and step != expected:
                return False
            expected *= length
        return True
