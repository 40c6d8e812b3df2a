"""Repositories and collections of the catalogue, as their documents need to know them."""

from collections.abc import Iterator

from catalogue.collection import Collection, collection_key
from catalogue.repository import Repository, repository_key
from documents.places import Feed, Place
from ingestion.ports import PlaceGone
from repositories.ports import Rows, Stores
from stores.port import VectorStore


class CataloguedPlaces:
    """The `Places` port on the table of repositories and their databases."""

    def __init__(self, rows: Rows, stores: Stores) -> None:
        self._rows, self._stores = rows, stores

    def place(self, repository_id: str, collection_id: str) -> Place:
        repository = self._repository(repository_id)
        found = self._rows.get(Collection, collection_key(repository_id, collection_id))
        if found is None or found.status != "ACTIVE":
            raise PlaceGone
        return Place(
            repository_id=repository_id,
            collection_id=collection_id,
            embedding_model=found.embedding_model,
            shelf=found.shelf,
            chunking=found.chunking_strategy,
            may_override_chunking=found.allow_chunking_override,
            labels=found.metadata.under(repository.metadata),
        )

    def store(self, repository_id: str) -> VectorStore:
        return self._stores.of(self._repository(repository_id))

    def feeds(self) -> Iterator[Feed]:
        for repository in self._rows.all(Repository):
            yield from _feeds(repository)

    def feeds_of(self, repository_id: str) -> Iterator[Feed]:
        found = self._rows.get(Repository, repository_key(repository_id))
        yield from _feeds(found) if found else ()

    def _repository(self, repository_id: str) -> Repository:
        found = self._rows.get(Repository, repository_key(repository_id))
        if found is None or not found.usable:
            raise PlaceGone
        return found


def _feeds(repository: Repository) -> Iterator[Feed]:
    for pipeline in repository.pipelines if repository.usable else ():
        collection_id = pipeline.collection_id or repository.default_collection_id
        yield Feed(repository.repository_id, collection_id, pipeline)
