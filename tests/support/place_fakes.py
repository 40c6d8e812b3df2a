"""Where documents go and come from, in memory: collections, pipelines, and the queues of both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.keys import Where
from documents.places import Feed, Place
from ingestion.messages import Stretch
from ingestion.ports import PlaceGone
from stores.port import Shelf
from tests.support.document_fakes import DIMENSIONS
from tests.support.in_memory_store import InMemoryStore


@dataclass
class InMemoryPlaces:
    """Collections by repository and id, one store for all."""

    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    pipelines: list[Feed] = field(default_factory=list)
    shelves: InMemoryStore = field(default_factory=InMemoryStore)

    def add(self, repository_id: str, collection_id: str, **more: Any) -> Place:
        shelf = Shelf(f"c_{len(self.places)}", DIMENSIONS)
        place = Place(repository_id, collection_id, "titan", shelf, **more)
        self.shelves.prepare(shelf)
        self.places[repository_id, collection_id] = place
        return place

    def place(self, repository_id: str, collection_id: str) -> Place:
        try:
            return self.places[repository_id, collection_id]
        except KeyError:
            raise PlaceGone from None

    def store(self, repository_id: str) -> InMemoryStore:
        if not any(found == repository_id for found, _ in self.places):
            raise PlaceGone
        return self.shelves

    def feeds(self) -> Iterable[Feed]:
        return list(self.pipelines)

    def feeds_of(self, repository_id: str) -> Iterable[Feed]:
        return [feed for feed in self.pipelines if feed.repository_id == repository_id]

    def texts(self) -> Mapping[str, tuple[int, list[str]]]:
        """What is on all shelves: by document, its generation and the texts of its chunks."""
        return {
            copy.document_id: (copy.generation, [one.chunk.text for one in chunks])
            for contents in self.shelves._shelves.values()
            for copy, chunks in contents.copies.values()
            if chunks is not None
        }


class InMemoryNotices:
    """The queues of objects to look at, with whose they are, and of pipelines to compare."""

    def __init__(self) -> None:
        self.sent: list[tuple[Where, str]] = []
        self.scans: list[Stretch] = []

    def send(self, objects: Iterable[Where], repository_id: str) -> None:
        self.sent += [(where, repository_id) for where in objects]

    def compare(self, stretches: Iterable[Stretch]) -> None:
        self.scans += stretches
