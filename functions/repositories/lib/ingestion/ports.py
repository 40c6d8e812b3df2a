"""What ingestion needs from the world, in its own words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from catalogue.collection import ChunkingStrategy
from documents.document import Document, ObjectState
from documents.job import Job
from documents.keys import Where
from documents.places import Feed, Place
from ingestion.messages import Stretch
from passages.chunk import Chunk
from stores.port import VectorStore

type Vector = Sequence[float]
# Tokens of texts together, as a model counts them; None if it does not say.
type Weigh = Callable[[list[str]], int | None]

# What one file may have at most, and one form takes.
MOST_BYTES = 50_000_000
UPLOAD_SECONDS = 3600
# The reason why a document cannot be ingested whose collection or repository is no more.
COLLECTION_GONE = "CollectionGone"


@dataclass(frozen=True)
class Page[Item]:
    """Some of a list; `after` continues it, None where it ends."""

    items: Sequence[Item]
    after: str | None


@dataclass(frozen=True)
class Reading:
    """A file after reading and cutting."""

    title: str
    media_type: str
    pages: int | None
    chunks: Sequence[Chunk]
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Form:
    """An upload's address, and the fields that are sent with the file, which comes last."""

    url: str
    fields: dict[str, str]
    seconds: int


class ObjectChanged(Exception):
    """The object is no longer what it was when it was accepted, or is gone."""


class PlaceGone(Exception):
    """The repository or collection is no more."""


class Documents(Protocol):
    """The table of documents and their jobs: the only truth about them.

    A row and its jobs change in one transaction. What changed under one's hands is not written:
    DocumentBusy.
    """

    def find(self, repository_id: str, document_id: str) -> Document | None:
        """Return a document, None if there is none."""

    def put(self, was: Document | None, now: Document) -> Document:
        """Store a document, with its new revision, in place of `was` (None: of nothing)."""

    def forget(self, was: Document, at: datetime) -> None:
        """Remove a row, and end its job."""

    def embedded(self, document: Document, batch: int) -> None:
        """Note that a batch is embedded. Raise DocumentSuperseded if its generation is over, or
        another execution's work."""

    def of_collection(
        self, repository_id: str, collection_id: str | None, size: int, after: str | None
    ) -> Page[Document]:
        """Return documents of a collection, or of all; raise UnknownCursorError."""

    def under(self, feed: Feed, after: str) -> Iterator[Document]:
        """Yield a pipeline's documents, removed ones too, in the order of their keys.

        Only those behind the key `after`; a change may take a second to be seen here.
        """

    def jobs(self, repository_id: str, since: datetime, size: int, after: str | None) -> Page[Job]:
        """Return jobs since a moment, the latest first; raise UnknownCursorError."""


class Files(Protocol):
    """The objects, in buckets."""

    def look(self, where: Where) -> ObjectState | None:
        """Return what an object is at this moment, None if there is none."""

    def read(self, where: Where, content: ObjectState) -> bytes:
        """Return an object's bytes, or raise ObjectChanged."""

    def delete(self, where: Where) -> None:
        """Delete an object; one that is not there is as good."""

    def under(self, bucket: str, prefix: str, after: str) -> Iterator[tuple[str, ObjectState]]:
        """Yield the objects under a prefix behind a key, with their keys and in their order."""


class Allowance(NamedTuple):
    """How large an uploaded file may be, in bytes, and how long its form is good."""

    most_bytes: int = MOST_BYTES
    seconds: int = UPLOAD_SECONDS


USUAL = Allowance()


class Doors(Protocol):
    """Addresses by which people reach objects themselves, for a while."""

    def upload(self, where: Where, username: str, allowance: Allowance = USUAL) -> Form:
        """Return a form that puts one object there."""

    def download(self, where: Where, name: str) -> str:
        """Return an address from which the object comes as a file of that name."""


class Staging(Protocol):
    """What one step of a workflow leaves for the next, by generation and name."""

    def put(self, document: Document, name: str, content: bytes) -> None:
        """Keep it."""

    def get(self, document: Document, name: str) -> bytes:
        """Return what was kept; raise DocumentSuperseded if it has been cleared away."""

    def clear(self, document_id: str, generation: int) -> None:
        """Remove all that was kept for a generation."""


@dataclass(frozen=True)
class Cutting:
    """How a text is to be cut, and what asks the embedding model how many tokens texts have."""

    strategy: ChunkingStrategy
    weigh: Weigh


class Reader(Protocol):
    """From a file to chunks."""

    def read(self, name: str, content: bytes, cutting: Cutting) -> Reading:
        """Parse and cut; raise DocumentRefused with a reason that its owner can read.

        What `weigh` raises is raised on.
        """


class Embedder(Protocol):
    """The gateway's embeddings."""

    def embed(self, model: str, texts: Sequence[str]) -> Sequence[Vector]:
        """Return a vector for each text."""

    def weigh(self, model: str, texts: Sequence[str]) -> int | None:
        """Return the tokens that the model counts in them together, None if it does not say."""


class Places(Protocol):
    """Repositories and collections."""

    def place(self, repository_id: str, collection_id: str) -> Place:
        """Return a collection, or raise PlaceGone."""

    def store(self, repository_id: str) -> VectorStore:
        """Return the repository's vector store, or raise PlaceGone."""

    def feeds(self) -> Iterable[Feed]:
        """Yield every pipeline of every repository; a change may take a second to be seen here."""

    def feeds_of(self, repository_id: str) -> Iterable[Feed]:
        """Yield a repository's pipelines as they are now; none of one that is not there."""


class Notices(Protocol):
    """The queues of objects to look at, and of pipelines to compare with their buckets."""

    def send(self, objects: Iterable[Where], repository_id: str) -> None:
        """Ask for each of these objects to be looked at, for a repository's pipelines."""

    def compare(self, stretches: Iterable[Stretch]) -> None:
        """Ask for each of these stretches of pipelines to be compared."""
