"""A document's life: its row, and the changes it may go through. Pure.

`generation` counts what was accepted: a new state of the object, or a removal. It only grows, and
whoever works on a generation that is not the row's has been superseded.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field

from catalogue.base import Labels, Reason
from catalogue.collection import ChunkingStrategy
from documents.keys import Where
from documents.row import Row
from kernel.ids import new_id

# A workflow that somebody ends is begun again so often, and then its document fails.
ATTEMPTS = 3


class Status(StrEnum):
    """Where a document is in its life. REMOVED is one that must not come back by itself."""

    PENDING = "PENDING"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    DELETING = "DELETING"
    REMOVED = "REMOVED"


class Step(StrEnum):
    """What is being done to a document IN_PROGRESS."""

    PARSE = "PARSE"
    EMBED = "EMBED"
    INDEX = "INDEX"


type Origin = Literal["manual", "auto"]
type Cause = Literal["asked", "gone"]
OPEN = frozenset({Status.PENDING, Status.IN_PROGRESS})


class ObjectState(Row):
    """An object's content, as far as it can be told without reading it. `size` is in bytes."""

    etag: str
    size: int
    version_id: str | None = None
    username: str | None = None

    def same_as(self, other: "ObjectState") -> bool:
        """Return whether the bytes are the same: an object may be written again as it was."""
        return (self.etag, self.size) == (other.etag, other.size)


class Wish(Row):
    """How a document is to be ingested, beside what its collection says."""

    chunking: ChunkingStrategy | None = None
    labels: Labels = Labels()


class Figures(Row):
    """What was found in the document."""

    title: str
    media_type: str
    chunks: int
    batches: int
    pages: int | None = None
    warnings: list[str] = []


class Document(Row):
    """A document as the table keeps it.

    `job` changes with every generation but for those that only repeat an attempt. `indexed` is the
    generation that the vector store holds or may hold, as far as this row knows. `embedded` are
    the batches that are done; they are noted one by one, and forgotten with the next change of the
    row.
    """

    repository_id: str
    collection_id: str
    document_id: str
    bucket: str
    key: str
    name: str
    origin: Origin
    owner: str | None = None
    username: str | None = None
    content: ObjectState
    wish: Wish = Wish()
    sequencer: str | None = None
    generation: int
    revision: int = 1
    attempt: int = 1
    status: Status
    step: Step | None = None
    execution: str | None = None
    cause: Cause | None = None
    job_id: str
    job_created_at: datetime
    upload_date: datetime
    updated_at: datetime
    figures: Figures | None = None
    embedded: frozenset[int] = Field(default=frozenset())
    indexed: int | None = None
    reason: Reason | None = None

    @property
    def where(self) -> Where:
        """The object's place."""
        return Where(self.bucket, self.key)

    @property
    def uploaded(self) -> bool:
        """Whether the object is ours, so that it goes with its document."""
        return self.owner is not None

    @property
    def progress(self) -> float:
        """How much is done, 0 to 1. Embedding takes nearly all of the time."""
        if self.status in (Status.COMPLETED, Status.REMOVED):
            return 1.0
        if self.status is not Status.IN_PROGRESS or self.figures is None:
            return 0.0
        if self.step is Step.INDEX:
            return 0.95
        done = len(self.embedded) / max(1, self.figures.batches)
        return round(0.05 + 0.85 * done, 3)

    def requested(self, content: ObjectState, wish: Wish, at: datetime) -> Self:
        """Return the document with a state of its object that is to be ingested."""
        now = {"content": content, "wish": wish, "status": Status.PENDING, "cause": None}
        return self._next(at).model_copy(update=now)

    def deleting(self, cause: Cause, at: datetime) -> Self:
        """Return the document on its way out of the store."""
        now = {"status": Status.DELETING, "cause": cause}
        return self._next(at).model_copy(update=now)

    def again(self, at: datetime) -> Self:
        """Return the document with the same to be done, after its workflow was ended."""
        before = {"job_id": self.job_id, "job_created_at": self.job_created_at}
        status = Status.DELETING if self.status is Status.DELETING else Status.PENDING
        now = {"status": status, "cause": self.cause, "attempt": self.attempt + 1}
        return self._next(at).model_copy(update=before | now)

    def claimed(self, execution: str, at: datetime) -> Self:
        """Return the document as the work of one execution."""
        now = {"status": Status.IN_PROGRESS, "step": Step.PARSE, "execution": execution}
        return self.model_copy(update=now | {"updated_at": at})

    def parsed(self, figures: Figures, at: datetime) -> Self:
        """Return the document with its text cut, to be embedded."""
        now = {"step": Step.EMBED, "figures": figures, "updated_at": at}
        return self.model_copy(update=now)

    def indexing(self, at: datetime) -> Self:
        """Return the document with its vectors made."""
        return self.model_copy(update={"step": Step.INDEX, "updated_at": at})

    def completed(self, at: datetime) -> Self:
        """Return the document as one that is found."""
        now = {"status": Status.COMPLETED, "step": None, "indexed": self.generation}
        return self.model_copy(update=now | {"updated_at": at})

    def failed(self, reason: Reason, at: datetime, indexed: int | None) -> Self:
        """Return the document with the reason why its last change could not be made."""
        now = {"status": Status.FAILED, "reason": reason, "indexed": indexed, "execution": None}
        return self.model_copy(update=now | {"updated_at": at})

    def removed(self, at: datetime) -> Self:
        """Return what is kept of a removed document whose object is there and not ours."""
        now = {"status": Status.REMOVED, "indexed": None, "wish": Wish(), "figures": None}
        return self.model_copy(update=now | {"updated_at": at})

    def _next(self, at: datetime) -> Self:
        # Whoever was about to index may still do so: the store may hold that generation.
        indexed = self.generation if self.step is Step.INDEX else self.indexed
        fresh = {"attempt": 1, "step": None, "execution": None, "indexed": indexed}
        job = {"job_id": new_id(), "job_created_at": at}
        now = {"generation": later(self.generation, at), "reason": None, "updated_at": at}
        return self.model_copy(update=fresh | job | now)


def later(generation: int, at: datetime) -> int:
    """Return the next generation: milliseconds, so that it grows even where no row is left."""
    return max(generation + 1, int(at.timestamp() * 1000))


def older(one: str | None, other: str | None) -> bool:
    """Return whether S3 numbered a change of a key before, or as, another one.

    Sequencers are hexadecimal numbers of differing lengths, the shorter filled up at its right.
    """
    if one is None or other is None:
        return False
    length = max(len(one), len(other))
    return one.upper().ljust(length, "0") <= other.upper().ljust(length, "0")
