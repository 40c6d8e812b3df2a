"""The shapes in which the API shows documents and jobs."""

from datetime import datetime
from typing import TypedDict

from catalogue.base import Labels, Reason
from catalogue.collection import ChunkingStrategy
from catalogue.shown import Paging
from documents.document import Origin, Status, Step
from documents.job import JobStatus, JobType


class DocumentView(TypedDict):
    """A document. `progress` is from 0 to 1, `size` in bytes."""

    documentId: str
    repositoryId: str
    collectionId: str
    documentName: str
    source: str
    ingestionType: Origin
    username: str | None
    uploadDate: datetime
    updatedAt: datetime
    status: Status
    step: Step | None
    progress: float
    size: int
    title: str | None
    mediaType: str | None
    pages: int | None
    chunks: int | None
    warnings: list[str]
    chunkingStrategy: ChunkingStrategy | None
    metadata: Labels | None
    jobId: str
    reason: Reason | None


class LastDocument(TypedDict):
    """The next page's mark, as LISA's clients send it back."""

    repository_id: str
    document_id: str


class DocumentsPage(Paging):
    """A page of a collection's documents."""

    documents: list[DocumentView]
    lastEvaluated: LastDocument | None
    totalDocuments: int | None


class JobView(TypedDict):
    """What became of one request; `progress` is from 0 to 1."""

    id: str
    jobType: JobType
    status: JobStatus
    progress: float
    repositoryId: str
    collectionId: str
    documentId: str
    documentName: str
    ingestionType: Origin
    createdAt: datetime
    updatedAt: datetime
    username: str | None
    reason: Reason | None


class JobTotals(TypedDict):
    """How some jobs fare together; `progress` is how much of their work is over, 0 to 1."""

    total: int
    completed: int
    failed: int
    progress: float


class JobsPage(Paging):
    """A page of jobs, the latest first."""

    jobs: list[JobView]
    totals: JobTotals


class JobsAnswer(TypedDict):
    """The jobs that a request began."""

    jobs: list[JobView]


class IngestAnswer(JobsAnswer):
    """The jobs that an ingestion began, and the collection that they are for."""

    collectionId: str
    collectionName: str


class UploadAnswer(TypedDict):
    """An HTML form's address and fields, by which one file is uploaded as `key`, in seconds."""

    url: str
    fields: dict[str, str]
    key: str
    expiresIn: int


class DownloadAnswer(TypedDict):
    """An address from which a file comes, for five minutes."""

    url: str
