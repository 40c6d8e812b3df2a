"""Where a document goes: the collection, how it is cut and embedded, and on which shelf it lies."""

from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator

from ingestion.row import Row
from stores.port import Shelf

type Kind = Literal["fixed", "recursive", "structure", "none"]
type Values = dict[str, str | int | float | bool | list[str]]


class Cutting(Row):
    """How documents are cut: sizes are tokens of the embedding model, as in `chunking`."""

    kind: Kind = Field(default="structure", validation_alias=AliasChoices("kind", "type"))
    size: int = Field(default=512, ge=64, le=8192)
    overlap: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _overlap_is_less_than_half(self) -> Self:
        if self.overlap * 2 >= self.size:
            raise ValueError("overlap must be less than half of size")
        return self


class Place(Row):
    """A collection, as far as its documents need to know it."""

    repository_id: str
    collection_id: str
    collection_name: str = ""
    embedding_model: str
    shelf: Shelf
    cutting: Cutting = Cutting()
    may_override_cutting: bool = True
    metadata: Values = {}


class Pipeline(Row):
    """Objects under a prefix are the documents of a collection, as long as it is so set up.

    `event` reacts to each change; all are compared with the bucket once a day, so that a lost
    event is made up for. `auto_remove` takes a document away when its object goes.
    """

    repository_id: str
    collection_id: str
    bucket: str
    prefix: str
    by_event: bool = True
    auto_remove: bool = True
    cutting: Cutting | None = None
    metadata: Values = {}

    def holds(self, bucket: str, key: str) -> bool:
        """Return whether an object is one of this pipeline's. Names ending in / are folders."""
        return bucket == self.bucket and key.startswith(self.prefix) and not key.endswith("/")

    def overlaps(self, other: "Pipeline") -> bool:
        """Return whether one object could belong to both."""
        one, two = sorted((self.prefix, other.prefix), key=len)
        return self.bucket == other.bucket and two.startswith(one)


def overlapping(pipelines: "list[Pipeline]") -> tuple[Pipeline, Pipeline] | None:
    """Return two pipelines of which neither could say whose an object is, if there are such."""
    by_prefix = sorted(pipelines, key=lambda one: (one.bucket, one.prefix))
    for one, two in zip(by_prefix, by_prefix[1:], strict=False):
        if one.overlaps(two):
            return one, two
    return None
