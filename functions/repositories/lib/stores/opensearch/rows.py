"""Documents and chunks as rows of an index, and back."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from passages.chunk import Chunk
from stores.metadata import plain
from stores.names import clean
from stores.port import Candidate, Copy, Embedded, Filter, Scalar, Shelf
from stores.vectors import fitting

type Row = dict[str, Any]

_LONGEST_FACET = 200


@dataclass(frozen=True, slots=True, order=True)
class State:
    """One writing of a document: by generation, a removal last, then by attempt.

    Two writers of the same generation have different states, and agree on which is the later.
    """

    generation: int
    removed: bool
    attempt: str

    def __str__(self) -> str:
        return f"{self.generation:020d}.{self.removed:d}.{self.attempt}"

    @classmethod
    def read(cls, text: str) -> "State":
        """The state that was written so."""
        generation, removed, attempt = text.split(".")
        return cls(int(generation), removed == "1", attempt)


def copy_row(copy: Copy, state: State, chunks: int) -> Row:
    """The row that makes a state the one that counts."""
    return {
        "kind": "copy",
        "document_id": clean(copy.document_id),
        "state": str(state),
        "source": clean(copy.source),
        "chunks": chunks,
        "rest": {"title": clean(copy.title), "metadata": plain(copy.metadata)},
    }


def chunk_row(shelf: Shelf, copy: Copy, state: State, one: Embedded) -> Row:
    """A chunk's row. A vector of zeros has no direction, so none is there to be found."""
    chunk = one.chunk
    row = {
        "kind": "chunk",
        "document_id": clean(copy.document_id),
        "state": str(state),
        "ordinal": chunk.ordinal,
        "facets": facets(copy),
        "title": clean(copy.title),
        "headings": [clean(part) for part in chunk.headings],
        "text": clean(chunk.text),
        "source": clean(copy.source),
        "rest": {
            "pages": list(chunk.pages) if chunk.pages else None,
            "span": list(chunk.span),
            "tokens": chunk.tokens,
            "metadata": plain(copy.metadata),
        },
    }
    vector = direction(fitting(shelf, one.vector))
    return row | ({"vector": vector} if vector else {})


def copy_of(row: Row) -> Copy:
    """What `copy_row` wrote."""
    generation = State.read(row["state"]).generation
    rest = row["rest"]
    return Copy(row["document_id"], generation, rest["title"], row["source"], rest["metadata"])


def candidate(row: Row) -> Candidate:
    """What `chunk_row` wrote, without scores."""
    rest = row["rest"]
    pages, span = rest["pages"], rest["span"]
    chunk = Chunk(
        ordinal=row["ordinal"],
        text=row["text"],
        headings=tuple(row["headings"]),
        pages=(pages[0], pages[1]) if pages else None,
        span=(span[0], span[1]),
        tokens=rest["tokens"],
    )
    return Candidate(row["document_id"], row["title"], row["source"], rest["metadata"], chunk)


def direction(vector: Sequence[float]) -> list[float] | None:
    """The vector with length 1; None for one of zeros."""
    length = math.hypot(*vector)
    return [number / length for number in vector] if length else None


def facets(copy: Copy) -> list[str]:
    """What a filter may ask of a document, as words that are equal or not."""
    return [
        _facet(name, value)
        for name, values in copy.metadata.items()
        for value in ([values] if isinstance(values, str | int | float) else values)
    ]


def allowed(where: Filter) -> list[Row]:
    """For each field of a filter, a query: one of its values is among a row's facets."""
    return [
        {"terms": {"facets": [_facet(name, value) for value in values]}}
        for name, wanted in where.items()
        for values in ([wanted] if isinstance(wanted, str | int | float) else wanted,)
    ]


def _facet(name: str, value: Scalar) -> str:
    kind = "b" if isinstance(value, bool) else "t" if isinstance(value, str) else "n"
    same = repr(float(value)) if kind == "n" else str(value)
    facet = clean(f"{kind}:{name}={same}")
    if len(facet) <= _LONGEST_FACET:
        return facet
    return hashlib.sha256(facet.encode()).hexdigest()
