"""The repositories service without AWS: its ports in memory, and what its callers send."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from catalogue.base import Row
from catalogue.collection import Collection
from catalogue.repository import Repository, RepositoryRequest
from repositories.errors import ModelRefusedError, ModelUnavailableError
from repositories.ports import LostRaceError, TakenError
from repositories.wiring import use
from stores.port import Shelf, VectorStore
from tests.support.in_memory_store import InMemoryStore
from tests.support.switching import InMemorySwitches

AT = datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)
_MADE = {"created_by": "ada", "created_at": AT, "updated_at": AT}
MODEL, OTHER_MODEL, RERANKER = "minilm", "e5", "reranker"
# What the model in memory has a direction for.
WORDS = ("leave", "holiday", "salary", "printer", "paper", "network")


class InMemoryRows:
    """Passes the suite of the rows in DynamoDB, tests/integration/repositories."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Row] = {}

    def get[R: Row](self, kind: type[R], key: tuple[str, str]) -> R | None:
        found = self.rows.get(key)
        return found if isinstance(found, kind) else None

    def under[R: Row](self, kind: type[R], pk: str) -> Iterator[R]:
        for key, row in sorted(self.rows.items()):
            if key[0] == pk and isinstance(row, kind):
                yield row

    def all[R: Row](self, kind: type[R]) -> Iterator[R]:
        yield from [row for _, row in sorted(self.rows.items()) if isinstance(row, kind)]

    def add(self, row: Row, beside: Row | None = None) -> None:
        if row.key in self.rows:
            raise TakenError
        if beside is not None:
            self._require(beside)
        self.rows[row.key] = row

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        self._require(was)
        if beside is not None:
            if beside.key in self.rows:
                raise LostRaceError
            self.rows[beside.key] = beside
        stored = now.model_copy(update={"revision": was.revision + 1})
        self.rows[was.key] = stored
        return stored

    def remove(self, row: Row) -> None:
        if row.key in self.rows:
            self._require(row)
            del self.rows[row.key]

    def sweep(self, pk: str, collection_id: str) -> None:
        for key, row in list(self.rows.items()):
            if key[0] == pk and getattr(row, "collection_id", None) == collection_id:
                del self.rows[key]

    def _require(self, was: Row) -> None:
        now = self.rows.get(was.key)
        if now is None or (now.revision, now.created_at) != (was.revision, was.created_at):
            raise LostRaceError


class ShelvedStore(InMemoryStore):
    """A store that tells its shelves, and calls somebody when it has made one."""

    def __init__(self) -> None:
        super().__init__()
        self.shelves: set[str] = set()
        self.when_prepared: Callable[[], object] = list

    def prepare(self, shelf: Shelf) -> None:
        super().prepare(shelf)
        self.shelves.add(shelf.name)
        self.when_prepared()

    def drop(self, shelf: Shelf) -> None:
        super().drop(shelf)
        self.shelves.discard(shelf.name)


class InMemoryStores:
    """One store for each repository; `broken` is raised by whoever asks for one."""

    def __init__(self) -> None:
        self.opened: dict[str, ShelvedStore] = {}
        self.broken: Exception | None = None

    def of(self, repository: Repository) -> VectorStore:
        if self.broken is not None:
            raise self.broken
        return self.opened.setdefault(repository.repository_id, ShelvedStore())


class WordModels:
    """Vectors that say which of a few words a text has; relevance is how many words it shares.

    Those that are `busy` do not answer, and no text may be longer than `longest`, in bytes.
    """

    def __init__(self) -> None:
        self.known = {MODEL: len(WORDS) + 1, OTHER_MODEL: len(WORDS) + 2}
        self.asked: list[str] = []
        self.busy: set[str] = set()
        self.longest = 100_000

    def embed(self, model: str, texts: Sequence[str]) -> list[list[float]]:
        self._require(model, model in self.known)
        if any(len(text.encode()) > self.longest for text in texts):
            raise ModelRefusedError(model, "the input is too long")
        return [vector_of(text, self.known[model]) for text in texts]

    def weigh(self, model: str, texts: Sequence[str]) -> int:
        self._require(model, model in self.known)
        return sum(len(text.split()) for text in texts)

    def rerank(self, model: str, query: str, texts: Sequence[str]) -> list[float]:
        self._require(model, model == RERANKER)
        wanted = set(query.lower().split())
        return [len(wanted & set(text.lower().split())) / len(wanted) for text in texts]

    def _require(self, model: str, known: bool) -> None:
        self.asked.append(model)
        if model in self.busy:
            raise ModelUnavailableError(model, "it is loading")
        if not known:
            raise ModelRefusedError(model, "there is no such model")


def vector_of(text: str, length: int) -> list[float]:
    """One number for each of the words, and a little that all texts have in common."""
    having = [float(word in text.lower()) for word in WORDS]
    return [*having, *[0.1] * (length - len(WORDS))]


class InMemoryObjects:
    """Keys of objects."""

    def __init__(self, *keys: str) -> None:
        self.keys = set(keys)

    def sweep(self, prefix: str) -> None:
        self.keys = {key for key in self.keys if not key.startswith(prefix)}


class World:
    """All of the service's ports in memory."""

    def __init__(self) -> None:
        self.rows, self.stores = InMemoryRows(), InMemoryStores()
        self.models, self.objects = WordModels(), InMemoryObjects()

    @contextmanager
    def placed(self) -> Iterator["World"]:
        """Let the service's functions run on these."""
        stored = use(rows=self.rows, stores=self.stores, objects=self.objects)
        called = use(models=self.models, patient_models=self.models, switches=InMemorySwitches())
        with stored, called:
            yield self


def wish(**changes: Any) -> dict[str, Any]:
    """The body of POST /repository."""
    usual = {
        "repositoryId": "hr-docs",
        "repositoryName": "HR documents",
        "embeddingModelId": MODEL,
        "type": "pgvector",
        "rdsConfig": {
            "dbHost": "db.example.internal",
            "passwordSecretId": "lisa-test/repositories/hr",
        },
    }
    return usual | changes


def place(number: int) -> str:
    """A collection's id."""
    return f"00000000-0000-4000-8000-{number:012d}"


def a_repository(name: str = "hr-docs", **changes: Any) -> Repository:
    """A repository's row, made by ada."""
    asked = RepositoryRequest.model_validate(wish(repositoryId=name))
    fields = {field: getattr(asked, field) for field in RepositoryRequest.model_fields}
    usual = {"default_collection_id": place(0), "status": "CREATE_COMPLETE", **_MADE}
    return Repository(**fields | usual | changes)


def a_collection(number: int, of: str = "hr-docs", **changes: Any) -> Collection:
    """A collection's row, made by ada."""
    usual = {
        "collection_id": place(number),
        "repository_id": of,
        "name": f"Collection {number}",
        "embedding_model": MODEL,
        "dimensions": len(WORDS) + 1,
        "default": number == 0,
        **_MADE,
    }
    return Collection(**usual | changes)
