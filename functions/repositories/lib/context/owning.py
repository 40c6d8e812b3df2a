"""One execution makes a summary; whoever has lost it, or comes after its end, stops."""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel

from catalogue.base import Reason
from context.errors import ModelAway
from context.summary import Summary, summary_key
from documents.errors import DocumentBusy, DocumentSuperseded
from kernel.workflow import Caught
from repositories.ports import LostRaceError, Rows

# Four parts are noted at once, each in a moment.
_TRIES = 12


class Making(BaseModel):
    """What every step is given: a summary, and the execution that asks."""

    owner: str
    summary_id: str
    execution: str


def found(rows: Rows, work: Making) -> Summary:
    """Return the summary, or raise DocumentSuperseded if it is no more."""
    row = rows.get(Summary, summary_key(work.owner, work.summary_id))
    if row is None:
        raise DocumentSuperseded(f"Summary {work.summary_id} is gone.")
    return row


def owned(rows: Rows, work: Making) -> Summary:
    """Return the summary if this execution makes it, or raise DocumentSuperseded."""
    row = found(rows, work)
    if row.status != "IN_PROGRESS" or row.execution != work.execution:
        raise DocumentSuperseded(f"Summary {work.summary_id} is {row.status}.")
    return row


def claimed(rows: Rows, work: Making, at: datetime) -> Summary:
    """Take the summary for this execution, or raise DocumentSuperseded. Safe to repeat."""
    row = found(rows, work)
    if row.status != "PENDING":
        return owned(rows, work)
    return _put(rows, row, row.claimed(work.execution, at))


def changed(rows: Rows, work: Making, change: Callable[[Summary], Summary]) -> Summary:
    """Change the summary that this execution makes, however many others do at that moment."""
    for _ in range(_TRIES):
        row = owned(rows, work)
        try:
            return rows.replace(row, change(row))
        except LostRaceError:
            continue
    raise DocumentBusy("The summary is changing at this very moment.")


def refuse(rows: Rows, work: Making, reason: Reason, at: datetime) -> DocumentSuperseded:
    """Write down why there will be no summary; return what ends the work on it.

    The reason may quote a provider, who may quote the document: it is in the row alone, and never
    in an error that a workflow keeps.
    """
    changed(rows, work, lambda row: row.failed(reason, at))
    return DocumentSuperseded(f"Summary {work.summary_id} cannot be made.")


def end(rows: Rows, work: Making, error: Caught, at: datetime) -> None:
    """Write down that a step broke, unless the summary has ended or is another execution's."""
    row = found(rows, work)
    if not row.open or row.execution not in (None, work.execution):
        raise DocumentSuperseded(f"Summary {work.summary_id} is {row.status}.")
    _put(rows, row, row.failed(_reason(error), at))


def is_ours(rows: Rows, work: Making) -> bool:
    """Return whether what is staged is this execution's, or nobody's, to clear away."""
    row = rows.get(Summary, summary_key(work.owner, work.summary_id))
    return row is None or row.execution in (None, work.execution)


def _put(rows: Rows, was: Summary, now: Summary) -> Summary:
    try:
        return rows.replace(was, now)
    except LostRaceError:
        raise DocumentBusy("The summary is changing at this very moment.") from None


def _reason(error: Caught) -> Reason:
    if error.error == ModelAway.__name__:
        message, _, fix = error.text.partition("\n")
        return Reason(code="ModelUnavailable", message=message, fix=fix)
    return Reason(
        code="InternalError",
        message=f"A step of the workflow failed again and again: {error.error}.",
        fix="Ask for the summary again; if it persists, an administrator finds its execution in"
        " Step Functions, and the log of the step that failed.",
    )
