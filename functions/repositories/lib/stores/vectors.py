"""Vectors on their way to a database."""

import math
from collections.abc import Sequence

from stores.errors import VectorDiffersError
from stores.port import Shelf


def fitting(shelf: Shelf, vector: Sequence[float] | None) -> Sequence[float]:
    """The vector, when it has the shelf's dimensions and only finite numbers."""
    if vector is None:
        raise VectorDiffersError(shelf.name, shelf.dimensions, "none")
    if len(vector) != shelf.dimensions:
        raise VectorDiffersError(shelf.name, shelf.dimensions, f"one of {len(vector)}")
    if not all(map(math.isfinite, vector)):
        raise VectorDiffersError(shelf.name, shelf.dimensions, "one with NaN or infinity")
    return vector


def vector_text(vector: Sequence[float]) -> str:
    """As JSON and pgvector write it, with all the digits that 32 bits keep."""
    return f"[{','.join([format(number, '.9g') for number in vector])}]"
