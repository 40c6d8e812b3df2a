"""What this service tells, and how a change of a row becomes it."""

from typing import Any

from kernel.events import Change, Fact

# The kinds of rows that are spoken of.
SESSION, HISTORY = "session", "history"


class SessionDeleted(Fact, source="sessions"):
    """A session is gone, by its owner or for its age; `contents` is where its messages lie."""

    session_id: str
    owner: str
    contents: str


class HistoryCleared(Fact, source="sessions"):
    """An owner removed all sessions: those of `history` are nobody's now."""

    owner: str
    history: int


def facts_of(change: Change) -> list[Fact]:
    """Return what became true with a change of a row; most changes make nothing true."""
    row: dict[str, Any] = change.after or change.before or {}
    if row.get("kind") == SESSION and change.after is None:
        return [
            SessionDeleted(
                session_id=row["sessionId"], owner=row["owner"], contents=row["contents"]
            )
        ]
    if row.get("kind") == HISTORY and change.after is not None:
        return [HistoryCleared(owner=row["owner"], history=int(row["history"]) - 1)]
    return []
