"""The shapes in which the API shows repositories and collections."""

from datetime import datetime
from typing import NotRequired, TypedDict

from catalogue.base import Labels, Reason
from catalogue.collection import ChunkingStrategy, CollectionStatus, SearchSettings
from catalogue.connection import OpenSearchConfig, RdsConfig
from catalogue.infrastructure import Infrastructure
from catalogue.pipeline import Pipeline
from catalogue.repository import RepositoryStatus, StoreType


class CollectionView(TypedDict):
    """A collection. `allowedGroups` of null are the repository's."""

    collectionId: str
    repositoryId: str
    name: str
    description: str
    embeddingModel: str
    dimensions: int
    language: str
    chunkingStrategy: ChunkingStrategy
    allowChunkingOverride: bool
    searchSettings: SearchSettings
    metadata: Labels
    allowedGroups: list[str] | None
    default: bool
    status: CollectionStatus
    reason: Reason | None
    createdBy: str
    createdAt: datetime
    updatedAt: datetime


class NamedCollectionView(CollectionView):
    """A collection among those of other repositories."""

    repositoryName: str


class RepositoryView(TypedDict):
    """A repository. What may be left out is shown to administrators only."""

    repositoryId: str
    repositoryName: str
    description: str
    embeddingModelId: str
    language: str
    defaultCollectionId: str
    type: StoreType
    allowedGroups: list[str]
    metadata: Labels
    status: RepositoryStatus
    supportsHybridSearch: bool
    createdAt: datetime
    updatedAt: datetime
    pipelines: NotRequired[list[Pipeline]]
    rdsConfig: NotRequired[RdsConfig | None]
    opensearchConfig: NotRequired[OpenSearchConfig | None]
    infrastructure: NotRequired[Infrastructure | None]
    createdBy: NotRequired[str]
    reason: NotRequired[Reason | None]


class Paging(TypedDict):
    """Where a page is in its list; `lastEvaluatedKey` asks for the next one, null at the end."""

    lastEvaluatedKey: str | None
    hasNextPage: bool
    hasPreviousPage: bool


class Counted(TypedDict):
    """How many items and pages a list has."""

    totalCount: int | None
    currentPage: int | None
    totalPages: int | None


class CollectionsPage(Paging):
    """A page of the collections of one repository."""

    collections: list[CollectionView]
    pagination: Counted


class NamedCollectionsPage(Paging):
    """A page of the collections of all repositories."""

    collections: list[NamedCollectionView]
    pagination: Counted
