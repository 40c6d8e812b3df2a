"""What people ask of documents, as it is sent. Pure."""

from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from catalogue.base import Labels, ModelId, Payload, RepositoryId
from catalogue.collection import ChunkingStrategy
from catalogue.listing import Cursor, ListQuery
from catalogue.pipeline import CollectionId
from documents.document import Status

type Key = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
type FileName = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
type DocumentId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class UploadRequest(Payload):
    """The body of POST /repository/presigned-url; without `collectionId`, the default one."""

    repository_id: RepositoryId
    collection_id: CollectionId | None = None
    file_name: Annotated[
        FileName, Field(validation_alias=AliasChoices("fileName", "file_name", "key"))
    ]


class IngestRequest(Payload):
    """The body of POST /repository/{repositoryId}/bulk; without `collectionId`, the keys' own."""

    keys: Annotated[list[Key], Field(min_length=1, max_length=100)]
    collection_id: CollectionId | None = None
    embedding_model: ModelId | None = None
    chunking_strategy: ChunkingStrategy | None = None
    metadata: Labels | None = None


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
