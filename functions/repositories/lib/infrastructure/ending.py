"""How a workflow that could not do its work ends: the row says why. Safe to repeat."""

from datetime import datetime

from catalogue.base import Reason
from catalogue.repository import Repository, RepositoryStatus
from infrastructure.errors import RepositoryNotReady, RepositoryRefused, RepositorySuperseded
from infrastructure.ownership import Work, answerable, may_be_made
from infrastructure.steps import Site
from kernel.workflow import Caught

_OURS = {RepositoryRefused.__name__, RepositoryNotReady.__name__}
_FAILED: dict[RepositoryStatus, RepositoryStatus] = {
    "CREATE_IN_PROGRESS": "CREATE_FAILED",
    "DELETE_IN_PROGRESS": "DELETE_FAILED",
}
_STACK_IS_LEFT = " The database's stack is still there: delete the repository to remove it."


class Ending(Work):
    """The repository, the error that ended its workflow, the statuses that this began with."""

    error: Caught
    expecting: list[RepositoryStatus]


def failed(site: Site, given: Ending, at: datetime) -> None:
    """Write down why the repository could not be made or removed.

    Raise RepositorySuperseded if another request has it.
    """
    row = answerable(site.rows, given, given.expecting)
    gone = site.stacks.state(given.repository_id) is None and not may_be_made(row, at)
    _write(site, row, reason_of(given.error), row.has_stack and not gone, at)


def abandoned(site: Site, work: Work, how: str, at: datetime) -> None:
    """Write down that a workflow was ended from outside, unless it had done its work.

    `how` is the platform's word: ABORTED, TIMED_OUT, FAILED.
    """
    try:
        row = answerable(site.rows, work, [*_FAILED])
    except RepositorySuperseded:
        return
    if row.execution is None:
        return
    reason = Reason(
        code="WorkflowEnded",
        message=f"The workflow that had the repository ended before its work was done: {how}.",
        fix="Delete the repository, which removes what was made for it.",
    )
    _write(site, row, reason, row.has_stack, at)


def reason_of(caught: Caught) -> Reason:
    """Return the reason that a step found out, or that a step broke: the platform's words."""
    if caught.error in _OURS:
        return Reason.model_validate_json(caught.text)
    return Reason(
        code="InternalError",
        message=f"A step of the workflow failed again and again: {caught.error}.",
        fix="Send the request again; if it persists, look for its execution in Step Functions, and"
        " at the log of the step that failed.",
    )


def _write(site: Site, row: Repository, reason: Reason, stack_is_left: bool, at: datetime) -> None:
    status = _FAILED[row.status]
    if stack_is_left and status == "CREATE_FAILED":
        reason = reason.model_copy(update={"fix": reason.fix + _STACK_IS_LEFT})
    ended = row.changed(at, status=status, reason=reason, has_stack=stack_is_left)
    if row.infrastructure is not None and status == "CREATE_FAILED":
        ended = ended.changed(at, rds_config=None, opensearch_config=None)
    site.rows.replace(row, ended)
