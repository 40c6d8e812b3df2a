"""What a vector store does, in words that no database needs to be known for.

A collection is a shelf of its own (a table, an index), never a filter over a shared one: a filter
over one approximate index loses results. A document's chunks are replaced in one step, under a
generation that only grows, so that whoever comes late or twice changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from passages.chunk import Chunk

type Scalar = str | int | float | bool
type Metadata = Mapping[str, Scalar | Sequence[str]]
# A field is to have this value, or one of these; a list of tags, one of them.
type Filter = Mapping[str, Scalar | Sequence[Scalar]]
type Mode = Literal["hybrid", "vector", "text"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A collection, as far as a store needs to know it.

    `name` is unique in the store: lower-case letters, digits and underscores, 40 at most.
    `language` is one of PostgreSQL's text search configurations, `simple` for none.
    """

    name: str
    dimensions: int
    language: str = "english"


@dataclass(frozen=True, slots=True)
class Copy:
    """A document as it is indexed: which one, and which state of it.

    `generation` is greater for a later state; `metadata` is what filters ask.
    """

    document_id: str
    generation: int
    title: str
    source: str
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A chunk with its vector."""

    chunk: Chunk
    vector: Sequence[float]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. `limit` holds for vectors and for text, each.

    A vector is needed for the modes `vector` and `hybrid`, `text` for `text` and `hybrid`.
    """

    mode: Mode
    text: str = ""
    vector: Sequence[float] | None = None
    limit: int = 50
    where: Filter = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may be an answer, with what each search thinks of it.

    `similarity` is the cosine (-1 to 1), `bm25` is at least 0; each is None where that search did
    not find it among its `limit` best. Ranks count from 1.
    """

    document_id: str
    title: str
    source: str
    metadata: Metadata
    chunk: Chunk
    similarity: float | None = None
    vector_rank: int | None = None
    bm25: float | None = None
    text_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk stands."""

    document_id: str
    ordinal: int


class StaleCopyError(Exception):
    """The store already holds a later state of this document, or knows it to be gone."""


class VectorStore(Protocol):
    """A database of shelves. Every method is safe to repeat, and either happens or does not."""

    def prepare(self, shelf: Shelf) -> None:
        """Make a shelf, or bring one that is there to what this version of the code needs."""

    def drop(self, shelf: Shelf) -> None:
        """Remove a shelf with all that is on it; one that is not there is as good."""

    def replace(self, shelf: Shelf, copy: Copy, chunks: Sequence[Embedded]) -> None:
        """Put a document's chunks in the place of whatever the shelf has of it.

        Raise StaleCopyError when the shelf knows a later generation; the same one is replaced.
        """

    def remove(self, shelf: Shelf, document_id: str, generation: int) -> None:
        """Take a document off, and refuse every state of it up to that generation from now on.

        Raise StaleCopyError when the shelf holds a later generation.
        """

    def find(self, shelf: Shelf, question: Question) -> list[Candidate]:
        """Return the nearest by vector and the best by BM25, as the mode says, each chunk once."""

    def around(self, shelf: Shelf, places: Sequence[Place], reach: int) -> list[Candidate]:
        """Return the chunks that stand up to `reach` before and after those, and those."""

    def copies(self, shelf: Shelf) -> Iterator[tuple[Copy, int]]:
        """Yield what is on the shelf, each document with the number of its chunks."""
