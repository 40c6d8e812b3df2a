"""One execution works on one generation of a document; whoever has lost it stops."""

from datetime import datetime

from pydantic import BaseModel

from catalogue.base import Reason
from documents.document import ATTEMPTS, OPEN, Document, Status
from documents.errors import DocumentRefused, DocumentSuperseded
from ingestion.ports import Documents
from kernel.workflow import Caught

# Faults of the service that say what a person can do; all others may hold anything.
EXPLAINED = {"ModelUnavailableError": "ModelUnavailable", "StoreFailedError": "StoreFailed"}


class Work(BaseModel):
    """What every step is given: a generation of a document, and the execution that asks."""

    repository_id: str
    document_id: str
    generation: int
    execution: str


def current(documents: Documents, work: Work) -> Document:
    """Return the document if this generation is its last one, or raise DocumentSuperseded."""
    row = documents.find(work.repository_id, work.document_id)
    if row is None or row.generation != work.generation:
        raise DocumentSuperseded(f"Document {work.document_id} has changed since.")
    return row


def owned(documents: Documents, work: Work) -> Document:
    """Return the document if this execution works on it, or raise DocumentSuperseded."""
    row = current(documents, work)
    if row.status is not Status.IN_PROGRESS or row.execution != work.execution:
        raise DocumentSuperseded(f"Document {work.document_id} is {row.status}.")
    return row


def claim(documents: Documents, work: Work, at: datetime) -> Document:
    """Take the generation for this execution, or raise DocumentSuperseded. Safe to repeat."""
    row = current(documents, work)
    if row.status is Status.IN_PROGRESS and row.execution == work.execution:
        return row
    if row.status is not Status.PENDING:
        raise DocumentSuperseded(f"Document {work.document_id} is {row.status}.")
    return documents.put(row, row.claimed(work.execution, at))


def answerable(documents: Documents, work: Work) -> Document:
    """Return the document if this execution is to say how its generation ended."""
    row = current(documents, work)
    unclaimed = row.execution is None and row.status in OPEN | {Status.DELETING}
    if not unclaimed and (row.execution != work.execution or row.status not in OPEN):
        raise DocumentSuperseded(f"Document {work.document_id} is {row.status}.")
    return row


def reason_of(caught: Caught) -> Reason:
    """Return the reason that a step found out, or that a step broke: the platform's words."""
    if caught.error == DocumentRefused.__name__:
        return Reason.model_validate_json(caught.text)
    if caught.error in EXPLAINED:
        message, _, fix = caught.text.partition("\n")
        return Reason(code=EXPLAINED[caught.error], message=message, fix=fix)
    return Reason(
        code="InternalError",
        message=f"A step of the workflow failed again and again: {caught.error}.",
        fix="Ingest the document again; if it persists, look for its execution in Step Functions, "
        "and at the log of the step that failed.",
    )


def abandon(documents: Documents, work: Work, how: str, at: datetime) -> bool:
    """Begin again what a workflow left undone that was ended from outside, or write down why not.

    `how` is the platform's word: ABORTED, TIMED_OUT, FAILED. Return whether the execution has ended
    for good what it had begun: not if another one works on that generation.
    """
    try:
        row = answerable(documents, work)
    except DocumentSuperseded:
        return not _is_worked_on(documents.find(work.repository_id, work.document_id), work)
    if row.attempt < ATTEMPTS:
        documents.put(row, row.again(at))
        return True
    reason = Reason(
        code="WorkflowEnded",
        message=f"The workflow ended {ATTEMPTS} times before its work was done: {how}.",
        fix="Look for its executions in Step Functions, mend what ended them, and repeat.",
    )
    documents.put(row, row.failed(reason, at, row.indexed))
    return True


def _is_worked_on(row: Document | None, work: Work) -> bool:
    if row is None or row.generation != work.generation:
        return False
    return row.status is Status.IN_PROGRESS
