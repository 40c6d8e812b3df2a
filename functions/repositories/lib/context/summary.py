"""A summary of an attachment: its row, how it changes, and what is shown of it. Pure."""

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self, TypedDict, cast

from pydantic import StringConstraints

from catalogue.base import ModelId, ObjectKey, Payload, Reason, Row

type Status = Literal["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"]

MOST_AT_ONCE = 3
# The workflow ends before; a row that is open longer was left by an execution that was stopped.
LONGEST = timedelta(hours=4, minutes=10)
_KEPT = timedelta(days=2)
_LONGEST_SUMMARY = 50_000
_INTERRUPTED = Reason(
    code="Interrupted",
    message="The making of the summary was stopped before its end.",
    fix="Ask for it again.",
)


class Parts(TypedDict):
    """How many parts of a summary are done, of how many so far."""

    done: int
    parts: int


class SummaryView(TypedDict):
    """A summary as the API shows it; its text is null until it is COMPLETED."""

    summaryId: str
    status: Status
    model: str
    title: str
    summary: str | None
    warnings: list[str]
    reason: Reason | None
    createdAt: datetime
    progress: Parts


class SummaryRequest(Payload):
    """The body of POST /summary. `focus` is what the reader wants to know above all."""

    key: ObjectKey
    model: ModelId
    focus: Annotated[str, StringConstraints(max_length=500)] = ""


class Summary(Row):
    """A summary as the table keeps it, under its owner; for two days.

    `window` is the model's, in tokens. `parts` are those of the current `round`, of which `done`
    are summarised; `before` counts those of earlier rounds.
    """

    kind: ClassVar[str] = "summary"
    owner: str
    summary_id: str
    object_key: str
    model: str
    window: int
    focus: str = ""
    status: Status = "PENDING"
    updated_at: datetime
    expires: int
    execution: str | None = None
    title: str = ""
    round: int = 0
    parts: int = 0
    done: list[int] = []
    before: int = 0
    summary: str | None = None
    warnings: list[str] = []
    reason: Reason | None = None

    @property
    def key(self) -> tuple[str, str]:
        return summary_key(self.owner, self.summary_id)

    @property
    def open(self) -> bool:
        """Return whether something is still to be done."""
        return self.status in ("PENDING", "IN_PROGRESS")

    def seen(self, at: datetime) -> Self:
        """Return it as it is true now: one that was cut off has failed."""
        if self.open and at - self.created_at > LONGEST:
            return self.model_copy(update={"status": "FAILED", "reason": _INTERRUPTED})
        return self

    def claimed(self, execution: str, at: datetime) -> Self:
        """Return it as the work of one execution."""
        return self._became("IN_PROGRESS", at, execution=execution)

    def planned(self, title: str, warnings: list[str], parts: int, at: datetime) -> Self:
        """Return it with the parts of the first round."""
        told = warnings[:20]
        return self._became("IN_PROGRESS", at, title=title[:200], warnings=told, parts=parts)

    def noted(self, number: int, at: datetime) -> Self:
        """Return it with one more part of the current round done."""
        return self._became("IN_PROGRESS", at, done=sorted({*self.done, number}))

    def joined(self, parts: int, at: datetime) -> Self:
        """Return it in its next round, of so many parts."""
        before, following = self.before + self.parts, self.round + 1
        return self._became("IN_PROGRESS", at, round=following, parts=parts, done=[], before=before)

    def completed(self, text: str, at: datetime) -> Self:
        """Return it with its text."""
        return self._became("COMPLETED", at, summary=text[:_LONGEST_SUMMARY])

    def failed(self, reason: Reason, at: datetime) -> Self:
        """Return it with the reason why there is none."""
        return self._became("FAILED", at, reason=reason)

    def view(self) -> SummaryView:
        """Return what the API shows."""
        shown = {"summary_id", "status", "model", "title", "summary", "warnings", "reason"}
        view = self.model_dump(mode="json", by_alias=True, include=shown | {"created_at"})
        progress: Parts = {"done": self.before + len(self.done), "parts": self.before + self.parts}
        return cast("SummaryView", view | {"progress": progress})

    def _became(self, status: Status, at: datetime, **more: Any) -> Self:
        return self.model_copy(update={"status": status, "updated_at": at, **more})


class Desk(Row):
    """The summaries of one owner that may be on their way."""

    kind: ClassVar[str] = "desk"
    owner: str
    summaries: list[str] = []
    expires: int

    @property
    def key(self) -> tuple[str, str]:
        return desk_key(self.owner)


def summary_key(owner: str, summary_id: str) -> tuple[str, str]:
    """Return where a summary lies."""
    return f"summaries#{owner}", f"{Summary.kind}#{summary_id}"


def desk_key(owner: str) -> tuple[str, str]:
    """Return where an owner's desk lies."""
    return f"summaries#{owner}", Desk.kind


def expiry(at: datetime) -> int:
    """Return when the table may forget what is made at a moment."""
    return int((at + _KEPT).timestamp())
