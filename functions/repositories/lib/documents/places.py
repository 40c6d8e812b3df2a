"""Where a document goes: the collection, how it is cut and embedded, and on which shelf it lies."""

from dataclasses import dataclass

from catalogue.base import Labels
from catalogue.collection import ChunkingStrategy
from catalogue.pipeline import Pipeline
from stores.port import Metadata, Scalar, Shelf


@dataclass(frozen=True)
class Place:
    """A collection, as far as its documents need to know it."""

    repository_id: str
    collection_id: str
    embedding_model: str
    shelf: Shelf
    chunking: ChunkingStrategy = ChunkingStrategy()
    may_override_chunking: bool = True
    labels: Labels = Labels()

    def metadata(self, labels: Labels) -> Metadata:
        """Return what filters may ask of a document: its fields by name, and `tags`."""
        joined = labels.under(self.labels)
        fields: dict[str, Scalar | list[str]] = {**joined.custom_fields}
        return fields | {"tags": joined.tags} if joined.tags else fields


@dataclass(frozen=True)
class Feed:
    """A pipeline with the collection that it fills."""

    repository_id: str
    collection_id: str
    pipeline: Pipeline

    def holds(self, bucket: str, key: str) -> bool:
        """Return whether an object is one of this pipeline's. Names ending in / are folders."""
        under = bucket == self.pipeline.s3_bucket and key.startswith(self.pipeline.s3_prefix)
        return under and not key.endswith("/")
