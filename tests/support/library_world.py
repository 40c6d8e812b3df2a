"""A repository with two collections, one of them a closed group's, and eve's things in both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from catalogue.collection import Collection
from context.attachment import attachment_key
from context.ports import ChatModel
from documents.keys import Where, upload_key
from ingestion.accepting import Target, observe
from repositories.wiring import use
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.document_fakes import InMemoryDocuments, InMemoryFiles
from tests.support.repository_world import AT, World, a_collection, a_repository
from tests.support.session_world import SESSION_ID, message_id
from tests.support.summary_world import InMemoryChatModels, PlainDoors

BUCKET = REPOSITORIES_ENVIRONMENT["DOCUMENTS_BUCKET"]
HR = "hr-docs"
PREFIX = "/repository/{repositoryId}"
EVES_MESSAGE = {"session_id": SESSION_ID, "message_id": message_id(1)}


@dataclass(frozen=True)
class Place:
    """A collection, and eve's file in it, which is a document."""

    collection_id: str
    key: str
    document_id: str


class LibraryWorld:
    """Readers have the repository; of its collections the board has one to itself."""

    def __init__(self) -> None:
        self.world, self.documents, self.files = World(), InMemoryDocuments(), InMemoryFiles()
        repository = a_repository(HR, allowed_groups=["readers"])
        default = a_collection(0)
        self.world.rows.add(repository)
        self.store = self.world.stores.of(repository)
        self._add(default)
        self.open = self._filled(a_collection(1))
        self.closed = self._filled(a_collection(2, allowed_groups=["board"]))
        self.attachment = attachment_key("sub-eve", "notes.txt")
        self.files.put(Where(BUCKET, self.attachment), b"Notes")

    @contextmanager
    def placed(self) -> Iterator[None]:
        """Let the service's functions run on these."""
        models = InMemoryChatModels(ChatModel("small"))
        things = use(documents=self.documents, files=self.files, doors=PlainDoors())
        with self.world.placed(), things, use(chat_models=models):
            yield

    @staticmethod
    def names_a_collection(route: str) -> bool:
        """Return whether a request to a route is for one collection, or for what is in it."""
        return route in _SAMPLES and _SAMPLES[route](_NOWHERE) != _SAMPLES[route](_ELSEWHERE)

    def request(self, route: str, place: Place) -> dict[str, Any]:
        """Return what to ask of a route: `path`, `body`, `query`."""
        path = {"repository_id": HR} if PREFIX in route else {}
        asked = _SAMPLES[route](place) if route in _SAMPLES else {}
        if route in ("POST /attachment", "POST /summary"):
            asked = {"body": {"key": self.attachment, "model": "small"}}
        return asked | {"path": path | asked.get("path", {})}

    def _add(self, collection: Collection) -> None:
        self.world.rows.add(collection)
        self.store.prepare(collection.shelf)

    def _filled(self, collection: Collection) -> Place:
        self._add(collection)
        key = upload_key(HR, collection.collection_id, "sub-eve", "leave.md")
        where = Where(BUCKET, key)
        self.files.put(where, b"Leave is thirty days")
        target = Target(HR, collection.collection_id, where)
        found = observe(self.documents, self.files, target, AT)
        assert found is not None
        return Place(collection.collection_id, key, found.document_id)


_NOWHERE, _ELSEWHERE = Place("a", "b", "c"), Place("d", "e", "f")


def _collection(place: Place) -> dict[str, Any]:
    return {"path": {"collection_id": place.collection_id}, "body": {"name": "Another name"}}


def _document(place: Place) -> dict[str, Any]:
    return {"path": {"document_id": place.document_id}}


_SAMPLES: dict[str, Callable[[Place], dict[str, Any]]] = {
    "PUT /api-tokens/{subject}": lambda _: {"body": {"name": "New"}},
    "GET /session/{sessionId}": lambda _: {"path": EVES_MESSAGE},
    "PUT /session/{sessionId}": lambda _: {"path": EVES_MESSAGE, "body": {"name": "New"}},
    "DELETE /session/{sessionId}": lambda _: {"path": EVES_MESSAGE},
    "PUT /session/{sessionId}/name": lambda _: {"path": EVES_MESSAGE, "body": {"name": "New"}},
    "GET /session/{sessionId}/messages": lambda _: {"path": EVES_MESSAGE},
    "PUT /session/{sessionId}/messages/{messageId}": lambda _: {
        "path": EVES_MESSAGE,
        "body": {"revision": 1, "content": "New"},
    },
    f"GET {PREFIX}/similaritySearch": lambda place: {
        "query": {"query": "leave", "collectionId": place.collection_id}
    },
    f"POST {PREFIX}/collection": lambda _: {"body": {"name": "New"}},
    f"GET {PREFIX}/collection/{{collectionId}}": _collection,
    f"PUT {PREFIX}/collection/{{collectionId}}": _collection,
    f"DELETE {PREFIX}/collection/{{collectionId}}": _collection,
    "POST /repository/presigned-url": lambda place: {
        "body": {
            "repositoryId": HR,
            "collectionId": place.collection_id,
            "fileName": "leave.md",
        }
    },
    f"POST {PREFIX}/bulk": lambda place: {"body": {"keys": [place.key]}},
    f"GET {PREFIX}/document": lambda place: {"query": {"collectionId": place.collection_id}},
    f"DELETE {PREFIX}/document": lambda place: {"body": {"documentIds": [place.document_id]}},
    f"GET {PREFIX}/{{documentId}}": _document,
    f"GET {PREFIX}/{{documentId}}/download": _document,
}
