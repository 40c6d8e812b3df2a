"""Summaries are asked for and looked at: only one's own, a few at a time."""

import re
from dataclasses import dataclass
from datetime import datetime

from context.entering import own, usable
from context.errors import (
    OURS,
    AttachmentNotFoundError,
    ModelClosedToSummariesError,
    SummaryNotFoundError,
    TooManySummariesError,
)
from context.ports import ChatModel, ChatModels
from context.summary import (
    MOST_AT_ONCE,
    Desk,
    Summary,
    SummaryRequest,
    desk_key,
    expiry,
    summary_key,
)
from context.window import USUAL_WINDOW
from documents.keys import owner_of
from ingestion.ports import Files
from kernel.http import Caller
from kernel.ids import new_id
from repositories.errors import ChangedMeanwhileError
from repositories.ports import LostRaceError, Rows, TakenError

# How often two requests of one caller may meet before one of them is refused.
_TRIES = 4
_SUMMARY_ID = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class Asking:
    """POST /summary: the row is all that it makes; the workflow follows from that."""

    rows: Rows
    files: Files
    models: ChatModels
    bucket: str

    def __call__(self, request: SummaryRequest, caller: Caller, at: datetime) -> Summary:
        """Return the summary that is to be made, or raise a Fault."""
        where = own(self.bucket, request.key, caller)
        model = usable(self.models, request.model, caller)
        if not model.open_to(OURS):
            raise ModelClosedToSummariesError(request.model)
        if self.files.look(where) is None:
            raise AttachmentNotFoundError
        return self._added(_new(request, model, owner_of(caller.subject), at), at)

    def _added(self, summary: Summary, at: datetime) -> Summary:
        for _ in range(_TRIES):
            desk = self._desk(summary.owner, at)
            open_ones = [one for one in desk.summaries if self._is_open(desk.owner, one, at)]
            if len(open_ones) >= MOST_AT_ONCE:
                raise TooManySummariesError(MOST_AT_ONCE)
            wanted = {
                "summaries": [*open_ones, summary.summary_id],
                "expires": expiry(at),
            }
            try:
                self.rows.replace(desk, desk.model_copy(update=wanted), beside=summary)
            except LostRaceError:
                continue
            return summary
        raise ChangedMeanwhileError

    def _desk(self, owner: str, at: datetime) -> Desk:
        found = self.rows.get(Desk, desk_key(owner))
        if found is not None:
            return found
        new = Desk(owner=owner, expires=expiry(at), created_at=at)
        try:
            self.rows.add(new)
        except TakenError:
            return self.rows.get(Desk, desk_key(owner)) or new
        return new

    def _is_open(self, owner: str, summary_id: str, at: datetime) -> bool:
        found = self.rows.get(Summary, summary_key(owner, summary_id))
        return found is not None and found.seen(at).open


def own_summary(rows: Rows, caller: Caller, summary_id: str, at: datetime) -> Summary:
    """Return a summary of the caller's, or raise SummaryNotFoundError."""
    key = summary_key(owner_of(caller.subject), summary_id)
    found = rows.get(Summary, key) if _SUMMARY_ID.fullmatch(summary_id) else None
    if found is None:
        raise SummaryNotFoundError
    return found.seen(at)


def _new(request: SummaryRequest, model: ChatModel, owner: str, at: datetime) -> Summary:
    return Summary(
        owner=owner,
        summary_id=new_id(),
        object_key=request.key,
        model=request.model,
        window=model.window or USUAL_WINDOW,
        focus=request.focus,
        created_at=at,
        updated_at=at,
        expires=expiry(at),
    )
