"""Jobs: what became of each request, for the people who made it. Pure.

A job is a view of one generation of a document, kept beside it in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, cast

from catalogue.base import Reason
from documents.document import Document, Origin, Status
from documents.row import Row

if TYPE_CHECKING:
    from documents.shown import JobTotals, JobView

# In days; the table forgets a job by itself.
KEPT = 90
type JobType = Literal["document_ingestion", "document_deletion"]
SUPERSEDED = Reason(
    code="Superseded",
    message="A later change of the document was accepted before this one was done.",
    fix="Look at the document's latest job.",
)


class JobStatus(StrEnum):
    """How a job fares."""

    INGESTION_PENDING = "INGESTION_PENDING"
    INGESTION_IN_PROGRESS = "INGESTION_IN_PROGRESS"
    INGESTION_COMPLETED = "INGESTION_COMPLETED"
    INGESTION_FAILED = "INGESTION_FAILED"
    DELETE_PENDING = "DELETE_PENDING"
    DELETE_IN_PROGRESS = "DELETE_IN_PROGRESS"
    DELETE_COMPLETED = "DELETE_COMPLETED"
    DELETE_FAILED = "DELETE_FAILED"


class Job(Row):
    """One request, and how it fares; of one IN_PROGRESS its document's row knows the `progress`."""

    id: str
    job_type: JobType
    status: JobStatus
    progress: float = 0.0
    repository_id: str
    collection_id: str
    document_id: str
    document_name: str
    ingestion_type: Origin
    created_at: datetime
    updated_at: datetime
    owner: str | None = None
    username: str | None = None
    reason: Reason | None = None

    def view(self) -> "JobView":
        """Return what the API shows."""
        shown = self.model_dump(mode="json", by_alias=True, exclude={"owner"})
        return cast("JobView", shown)


def job_of(document: Document) -> Job:
    """Return the job whose outcome a document's row tells."""
    removal = document.cause is not None
    word = "DELETE" if removal else "INGESTION"
    return Job(
        id=document.job_id,
        job_type="document_deletion" if removal else "document_ingestion",
        status=JobStatus(f"{word}_{_WORDS[document.status]}"),
        progress=document.progress,
        repository_id=document.repository_id,
        collection_id=document.collection_id,
        document_id=document.document_id,
        document_name=document.name,
        ingestion_type=document.origin,
        owner=document.owner,
        username=document.username,
        created_at=document.job_created_at,
        updated_at=document.updated_at,
        reason=document.reason,
    )


_WORDS = {
    Status.PENDING: "PENDING",
    Status.IN_PROGRESS: "IN_PROGRESS",
    Status.COMPLETED: "COMPLETED",
    Status.FAILED: "FAILED",
    Status.DELETING: "IN_PROGRESS",
    Status.REMOVED: "COMPLETED",
}


def written(was: Document | None, now: Document) -> list[Job]:
    """Return the jobs that a change of a document's row changes."""
    job = job_of(now)
    if was is None or was.job_id == now.job_id:
        return [job] if was is None or job.status != job_of(was).status else []
    return [job, *_superseded(was, now)]


def finished(document: Document, at: datetime) -> Job:
    """Return the job of a document that is no more: removed, or without a collection."""
    gone = {"status": JobStatus.DELETE_COMPLETED, "progress": 1.0} if document.cause else {}
    return job_of(document).model_copy(update={**gone, "updated_at": at})


def followed(job: Job, document: Document | None) -> Job:
    """Return a job with how much of it is done at this moment, by its document's row."""
    if document is None or document.job_id != job.id:
        return job
    return job.model_copy(update={"progress": document.progress})


def totals(jobs: Sequence[Job]) -> "JobTotals":
    """Return how jobs fare together: their number, how many ended well or not, and `progress`.

    That is how much of their work is over, 0 to 1: nothing is left of what failed.
    """
    done = sum(job.status.endswith("_COMPLETED") for job in jobs)
    failed = sum(job.status.endswith("_FAILED") for job in jobs)
    over = sum(1.0 if job.status.endswith("_FAILED") else job.progress for job in jobs)
    progress = round(over / len(jobs), 3) if jobs else 1.0
    return {"total": len(jobs), "completed": done, "failed": failed, "progress": progress}


def _superseded(was: Document, now: Document) -> list[Job]:
    job = job_of(was)
    if was.status not in (Status.PENDING, Status.IN_PROGRESS, Status.DELETING):
        return []
    failed = JobStatus(f"{job.status.partition('_')[0]}_FAILED")
    ended = {"status": failed, "reason": SUPERSEDED, "updated_at": now.updated_at}
    return [job.model_copy(update=ended)]
