"""A collection: documents that are cut, embedded and searched in one way. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self, cast

from pydantic import AliasChoices, Field, model_validator

from catalogue.base import (
    Description,
    Groups,
    Labels,
    Language,
    ModelId,
    Name,
    Payload,
    Reason,
    Row,
)
from stores.port import Shelf

if TYPE_CHECKING:
    from catalogue.shown import CollectionView

type CollectionStatus = Literal["ACTIVE", "DELETE_IN_PROGRESS", "DELETE_FAILED"]
type Weight = Annotated[float, Field(ge=0, le=1, strict=False)]


class ChunkingStrategy(Payload):
    """How documents are cut; sizes in tokens of the embedding model.

    `overlap` tokens are said twice by neighbours. LISA's own word for `kind` is `type`.
    """

    kind: Annotated[
        Literal["structure", "recursive", "fixed", "none"],
        Field(validation_alias=AliasChoices("kind", "type")),
    ] = "structure"
    # Small models read 256, of which title and headings need some.
    size: Annotated[int, Field(ge=64, le=8192)] = 200
    overlap: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _overlaps_less_than_half(self) -> Self:
        if self.overlap * 2 >= self.size and self.overlap:
            raise ValueError("overlap must be less than half of size")
        return self


class SearchSettings(Payload):
    """How a collection is searched unless a question says otherwise.

    `vectorWeight` null is the default, 0.5. `neighbours` is how many chunks before and after a hit
    are shown with it. `rerankModel` is a model of type rerank, or null.
    """

    mode: Literal["hybrid", "vector", "text"] = "hybrid"
    vector_weight: Weight | None = None
    rerank_model: ModelId | None = None
    neighbours: Annotated[int, Field(ge=0, le=5)] = 0


class CollectionRequest(Payload):
    """The body of POST /repository/{repositoryId}/collection; nulls mean the repository's."""

    name: Name
    description: Description = ""
    embedding_model: ModelId | None = None
    language: Language | None = None
    chunking_strategy: ChunkingStrategy = ChunkingStrategy()
    allow_chunking_override: bool = True
    search_settings: SearchSettings = SearchSettings()
    metadata: Labels = Labels()
    allowed_groups: Groups | None = None


class CollectionUpdate(Payload):
    """The body of PUT: what is not sent stays. The model, the language and the id are for ever."""

    name: Name | None = None
    description: Description | None = None
    chunking_strategy: ChunkingStrategy | None = None
    allow_chunking_override: bool | None = None
    search_settings: SearchSettings | None = None
    metadata: Labels | None = None
    allowed_groups: Groups | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was sent; null is a value for `allowedGroups` only: inherit."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            name: value
            for name, value in sent.items()
            if value is not None or name == "allowed_groups"
        }


class Collection(Row):
    """A collection as the table keeps it. `dimensions` are its embedding model's."""

    kind: ClassVar[str] = "collection"

    collection_id: str
    repository_id: str
    name: str
    description: str = ""
    embedding_model: str
    dimensions: int
    language: str = "english"
    chunking_strategy: ChunkingStrategy = ChunkingStrategy()
    allow_chunking_override: bool = True
    search_settings: SearchSettings = SearchSettings()
    metadata: Labels = Labels()
    allowed_groups: list[str] | None = None
    default: bool = False
    status: CollectionStatus = "ACTIVE"
    reason: Reason | None = None
    created_by: str
    updated_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return collection_key(self.repository_id, self.collection_id)

    @property
    def shelf(self) -> Shelf:
        """Return what the repository's store keeps of it."""
        return replace(shelf_of(self.collection_id, self.dimensions), language=self.language)

    def changed(self, at: datetime, **changes: Any) -> Self:
        """Return it with other values."""
        return self.model_copy(update={**changes, "updated_at": at})

    def view(self, full: bool) -> "CollectionView":
        """Return it as the API shows it: what its database said to administrators only."""
        reason = self.reason if full or self.reason is None else self.reason.in_general
        shown = self.model_copy(update={"reason": reason})
        plain = shown.model_dump(mode="json", by_alias=True, exclude={"revision"})
        return cast("CollectionView", plain)


def collection_key(repository_id: str, collection_id: str) -> tuple[str, str]:
    """Return where a collection's row lies."""
    return f"repository#{repository_id}", f"collection#{collection_id}"


def shelf_of(collection_id: str, dimensions: int) -> Shelf:
    """Return the shelf of a collection, by its id."""
    return Shelf(f"c_{collection_id.replace('-', '')}", dimensions)
