"""What steps leave for each other, as bytes: chunks and vectors of one batch. Pure."""

import json
import sys
from array import array
from collections.abc import Sequence
from dataclasses import asdict

from ingestion.ports import Vector
from passages.chunk import Chunk

# What one step embeds: little enough to be done in its time where many documents wait for one slow
# model, for a step that is not is begun again from its first text.
BATCH = 32


def chunks_name(batch: int) -> str:
    """Return the name under which a batch's chunks lie."""
    return f"chunks-{batch:05}.json"


def vectors_name(batch: int) -> str:
    """Return the name under which a batch's vectors lie."""
    return f"vectors-{batch:05}.f32"


def chunks_as_bytes(chunks: Sequence[Chunk]) -> bytes:
    """Return chunks as JSON."""
    return json.dumps([asdict(chunk) for chunk in chunks], ensure_ascii=False).encode()


def chunks_from(content: bytes) -> list[Chunk]:
    """Return the chunks of a batch."""
    return [_chunk(**row) for row in json.loads(content)]


def vectors_as_bytes(vectors: Sequence[Vector]) -> bytes:
    """Return vectors as 32-bit floats, little-endian, one after the other."""
    flat = array("f", (value for vector in vectors for value in vector))
    if sys.byteorder == "big":
        flat.byteswap()
    return flat.tobytes()


def vectors_from(content: bytes, dimensions: int) -> list[array[float]]:
    """Return the vectors of a batch."""
    flat = array("f")
    flat.frombytes(content)
    if sys.byteorder == "big":
        flat.byteswap()
    return [flat[at : at + dimensions] for at in range(0, len(flat), dimensions)]


def _chunk(
    headings: list[str], pages: list[int] | None, span: list[int], **rest: str | int
) -> Chunk:
    first_and_last = (pages[0], pages[1]) if pages else None
    return Chunk(
        ordinal=int(rest["ordinal"]),
        text=str(rest["text"]),
        headings=tuple(headings),
        pages=first_and_last,
        span=(span[0], span[1]),
        tokens=int(rest["tokens"]),
    )
