"""One workflow execution has a repository at a time; whoever has lost it stops. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from pydantic import BaseModel

from catalogue.repository import Repository, RepositoryStatus, repository_key
from infrastructure.errors import RepositorySuperseded
from repositories.ports import Rows

# Lambda ends the step that makes a stack before this; a test compares it with the template.
LONGEST_MAKING = timedelta(seconds=45)


class Work(BaseModel):
    """What every step is given: the repository, and the execution (its ARN) that asks."""

    repository_id: str
    execution: str


class Claim(Work):
    """What a workflow begins with: the statuses in which it may take the repository."""

    expecting: list[RepositoryStatus]


def claim(rows: Rows, work: Claim) -> Repository:
    """Take the repository for this execution, or raise RepositorySuperseded. Safe to repeat."""
    row = _current(rows, work)
    if row.status in work.expecting and row.execution == work.execution:
        return row
    if row.status not in work.expecting or row.execution is not None:
        raise RepositorySuperseded(f"Repository {row.repository_id} is {row.status}, and taken.")
    return rows.replace(row, row.model_copy(update={"execution": work.execution}))


def owned(rows: Rows, work: Work) -> Repository:
    """Return the repository if this execution has it, or raise RepositorySuperseded."""
    row = _current(rows, work)
    if row.execution != work.execution:
        raise RepositorySuperseded(f"Repository {row.repository_id} was taken by another request.")
    return row


def answerable(rows: Rows, work: Work, expecting: Collection[RepositoryStatus]) -> Repository:
    """Return the repository if this execution is to say how its work ended."""
    row = _current(rows, work)
    if row.status not in expecting or row.execution not in (None, work.execution):
        raise RepositorySuperseded(f"Repository {row.repository_id} is {row.status}.")
    return row


def may_be_made(row: Repository, at: datetime) -> bool:
    """Return whether a step may still run that makes a stack: an abort or a DELETE ends none."""
    return row.stack_until is not None and at < row.stack_until


def _current(rows: Rows, work: Work) -> Repository:
    row = rows.get(Repository, repository_key(work.repository_id))
    if row is None:
        raise RepositorySuperseded(f"Repository {work.repository_id} has been removed.")
    return row
