"""What people ask of documents, as it is sent. Pure."""

from typing import Annotated, Literal

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)
from pydantic.alias_generators import to_camel

from catalogue.base import Labels, ModelId, ObjectKey, Payload, RepositoryId
from catalogue.collection import ChunkingStrategy
from catalogue.listing import Cursor, ListQuery
from catalogue.pipeline import CollectionId
from documents.document import Status

type FileName = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
type DocumentId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class UploadRequest(Payload):
    """The body of POST /repository/presigned-url; without `collectionId`, the default one."""

    repository_id: RepositoryId
    collection_id: CollectionId | None = None
    file_name: Annotated[
        FileName, Field(validation_alias=AliasChoices("fileName", "file_name", "key"))
    ]


def _named(model: object) -> object:
    """LISA's earlier clients send an object with the name in it."""
    return model["modelName"] if isinstance(model, dict) and {*model} == {"modelName"} else model


class IngestRequest(Payload):
    """The body of POST /repository/{repositoryId}/bulk; without `collectionId`, the keys' own."""

    keys: Annotated[list[ObjectKey], Field(min_length=1, max_length=100)]
    collection_id: CollectionId | None = None
    embedding_model: Annotated[ModelId | None, BeforeValidator(_named)] = None
    chunking_strategy: ChunkingStrategy | None = None
    metadata: Labels | None = None


class IngestQuery(BaseModel):
    """What LISA's earlier clients say in the query string of the same, which is refused."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    chunk_size: str | None = None
    chunk_overlap: str | None = None

    @field_validator("chunk_size", "chunk_overlap")
    @classmethod
    def _is_in_the_body(cls, sent: str) -> str:
        raise ValueError(
            "counts characters, and chunks are counted in tokens here: leave it out, and say"
            ' "chunkingStrategy": {"kind": "fixed", "size": 200, "overlap": 20} in the body'
        )


class RemovalRequest(Payload):
    """The body of DELETE /repository/{repositoryId}/document."""

    document_ids: Annotated[list[DocumentId], Field(min_length=1, max_length=100)]


class _Query(BaseModel):
    """Base of query strings, whose values are texts."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    page_size: Annotated[int, Field(ge=1, le=100)] = 10
    last_evaluated_key: Cursor | None = None


class DocumentsQuery(ListQuery):
    """GET /repository/{repositoryId}/document; without `collectionId`, the default one.

    Without `sortBy` documents come in no particular order, however many there are.
    """

    descending = frozenset({"uploadDate", "updatedAt", "size"})

    page_size: Annotated[int, Field(ge=1, le=100)] = 10
    collection_id: CollectionId | None = None
    sort_by: Literal["documentName", "uploadDate", "updatedAt", "size"] | None = None
    status: Status | None = None
    last_evaluated_key: Annotated[
        Cursor | None,
        Field(validation_alias=AliasChoices("lastEvaluatedKey", "lastEvaluatedKeyDocumentId")),
    ] = None

    @property
    def arranged(self) -> bool:
        """Return whether more is asked than the pages of all documents, one after the other."""
        return self.page > 1 or any((self.sort_by, self.filter, self.status))


class JobsQuery(_Query):
    """GET /repository/{repositoryId}/jobs: those of the last `timeLimit` hours."""

    time_limit: Annotated[int, Field(ge=1, le=2160)] = 720
