"""The sessions service without AWS: its ports in memory, and what its callers send."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from kernel.events import Change as RowChange
from sessions.facts import HISTORY, SESSION
from sessions.message import Message, written
from sessions.moments import moment
from sessions.ports import Change, LostRaceError, Place
from sessions.session import Growth, Remains, Session, begun, grown, growth

AT = datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)
SESSION_ID = "session-0001"


class InMemorySessions:
    """Passes the suite of the table, tests/integration/sessions/test_sessions_port.py.

    `changes` is what a reaction to the table's stream would be given.
    """

    def __init__(self) -> None:
        self.changes: list[RowChange] = []
        self._histories: dict[str, int] = {}
        self._rows: dict[tuple[str, int, str], Session] = {}
        self._messages: dict[str, dict[str, Message]] = {}
        self._configurations: dict[str, str] = {}

    def get(self, owner: str, session_id: str) -> Session | None:
        return self._rows.get((owner, self._histories.get(owner, 0), session_id))

    def latest(self, owner: str, size: int, after: Place | None) -> list[Session]:
        history = self._histories.get(owner, 0)
        own = [row for key, row in self._rows.items() if key[:2] == (owner, history)]
        ordered = sorted(own, key=_place, reverse=True)
        passed = (after.last_updated, after.session_id) if after else None
        return [row for row in ordered if passed is None or _place(row) < passed][:size]

    def add(self, session: Session, messages: Sequence[Message]) -> None:
        here = session.model_copy(update={"history": self._histories.get(session.owner, 0)})
        if _key(here) in self._rows:
            raise LostRaceError
        self._rows[_key(here)] = here
        self._messages[here.contents] = {one.message_id: one for one in messages}

    def append(
        self, session: Session, messages: Sequence[Message], more: Growth, *, in_line: bool = False
    ) -> None:
        row = self._require(session)
        there = self._messages[row.contents]
        moved = in_line and row.active_leaf != session.active_leaf
        if moved or any(one.message_id in there for one in messages):
            raise LostRaceError
        self._rows[_key(row)] = grown(row, more)
        there |= {one.message_id: one for one in messages}

    def replace(
        self, session: Session, was: Message, now: Message, more: Growth | None = None
    ) -> None:
        stored = self._messages.get(session.contents, {}).get(was.message_id)
        if stored is None or stored.revision != was.revision:
            raise LostRaceError
        if more is not None:
            row = self._require(session)
            self._rows[_key(row)] = grown(row, more)
        self._messages[session.contents][was.message_id] = now

    def change(self, session: Session, change: Change) -> None:
        row = self._require(session)
        said = {"name": change.name, "pinned": change.pinned, "active_leaf": change.active_leaf}
        fresh = {name: value for name, value in said.items() if value is not None}
        self._rows[_key(row)] = row.model_copy(update=fresh)
        if change.configuration is not None:
            self._configurations[row.contents] = change.configuration

    def configuration(self, session: Session) -> Mapping[str, Any]:
        return dict(json.loads(self._configurations.get(session.contents, "{}")))

    def messages(
        self,
        session: Session | Remains,
        after: str | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[Message]:
        there = self._messages.get(session.contents, {})
        for message_id, message in sorted(there.items(), reverse=newest_first):
            if after is None or message_id > after:
                yield message

    def some(self, session: Session, message_ids: Collection[str]) -> dict[str, Message]:
        there = self._messages.get(session.contents, {})
        return {one: there[one] for one in message_ids if one in there}

    def remove(self, session: Session) -> None:
        row = self._rows.get(_key(session))
        if row is not None and row.contents == session.contents:
            self._drop(row)

    def forget(self, owner: str) -> None:
        history = self._histories[owner] = self._histories.get(owner, 0) + 1
        row = {"kind": HISTORY, "owner": owner, "history": history}
        self.changes.append(RowChange(id=str(len(self.changes)), before=None, after=row))

    def sweep(self, contents: str) -> None:
        self._messages.pop(contents, None)
        self._configurations.pop(contents, None)

    def sweep_history(self, owner: str, history: int) -> None:
        if history < self._histories.get(owner, 0):
            for key, row in list(self._rows.items()):
                if key[:2] == (owner, history):
                    self._drop(row)

    def _drop(self, row: Session) -> None:
        del self._rows[_key(row)]
        before = row.model_dump(by_alias=True) | {"kind": SESSION}
        self.changes.append(RowChange(id=str(len(self.changes)), before=before, after=None))

    def _require(self, session: Session) -> Session:
        row = self._rows.get(_key(session))
        if row is None or row.contents != session.contents:
            raise LostRaceError
        return row


def _place(session: Session) -> tuple[str, str]:
    return session.last_updated, session.session_id


def _key(session: Session) -> tuple[str, int, str]:
    return session.owner, session.history, session.session_id


def message_id(number: int) -> str:
    """An id that sorts by its number."""
    return f"m-{number:026d}"


def told(number: int, parent: int | None = None, **changes: Any) -> dict[str, Any]:
    """A message as a browser sends it, the answer to another by its number."""
    usual = {
        "messageId": message_id(number),
        "parentId": None if parent is None else message_id(parent),
        "role": "user",
        "content": f"text {number}",
        "status": "complete",
        "createdAt": "2026-11-30T11:59:00Z",
    }
    return usual | changes


def answer(number: int, parent: int, tokens: int = 30, **changes: Any) -> dict[str, Any]:
    """A message of a model."""
    usage = {"promptTokens": tokens - 7, "completionTokens": 7, "totalTokens": tokens}
    said = {"role": "assistant", "model": "tiny-chat", "usage": usage}
    return told(number, parent, **(said | changes))


def a_message(number: int, parent: int | None = None, **changes: Any) -> Message:
    return written(told(number, parent, **changes), moment(AT))


def eves_sessions() -> InMemorySessions:
    """What there is when eve alone has had a conversation."""
    sessions, first = InMemorySessions(), [a_message(1, status="streaming", role="assistant")]
    sessions.add(begun("sub-eve", SESSION_ID, growth(first, None, AT)), first)
    return sessions
