"""What people ask of lists: which items, in which order, and which page of them. Pure."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from catalogue.collection import CollectionStatus

type SortOrder = Literal["asc", "desc"]
type Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
type Cursor = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class ListQuery(BaseModel):
    """Base of the query strings of lists; their values are texts.

    `lastEvaluatedKey` is what the page before gave out, and it counts before `page`, the number of
    a page from 1. `filter` is a part of a name or a description, small and capital letters alike.
    """

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, hide_input_in_errors=True)
    # These begin with the latest, or the largest, unless the other order is asked for.
    descending: ClassVar[frozenset[str]] = frozenset({"createdAt", "updatedAt"})

    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    filter: Text | None = None
    sort_by: str | None = None
    sort_order: SortOrder | None = None
    last_evaluated_key: Cursor | None = None

    @property
    def reverse(self) -> bool:
        """Return whether the last comes first."""
        if self.sort_order is None:
            return self.sort_by in self.descending
        return self.sort_order == "desc"


class CollectionsQuery(ListQuery):
    """GET /repository/{repositoryId}/collection and GET /repository/collections.

    Without `sortBy` a repository's default collection comes first, the others by their names.
    """

    sort_by: Literal["name", "createdAt", "updatedAt"] | None = None
    status: CollectionStatus | None = None
