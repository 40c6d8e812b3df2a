"""Searching one's own sessions: word by word through names and messages, a part in each call.

A call reads so much at most, and its cursor says where to go on, also within a session: what words
were found there already is in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sessions.cursors import opened, sealed
from sessions.errors import unfit
from sessions.message import Message
from sessions.payload import ListSessions, MessageId
from sessions.ports import Place, Sessions
from sessions.session import Session
from sessions.views import SessionSummaryView, SessionsView, summary

# Bytes of messages that are read in one call, and sessions: each is at least a query.
MOST_BYTES = 2_000_000
MOST_SESSIONS = 200
PAGE = 50
MOST_WORDS = 20
BEFORE, SNIPPET = 60, 200


class Stopped(BaseModel):
    """Where a search goes on: after a session, or after a message of the one that follows it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: tuple[str, str] | None = None
    session: str = Field(default="", max_length=64)
    message: MessageId | None = None
    words: list[str] = Field(default=[], max_length=MOST_WORDS)
    snippet: str = Field(default="", max_length=2 * SNIPPET)


OF_SEARCHES: TypeAdapter[Stopped] = TypeAdapter(Stopped)


@dataclass
class Budget:
    """What may still be read in this call."""

    bytes: int = MOST_BYTES
    sessions: int = MOST_SESSIONS

    @property
    def spent(self) -> bool:
        return self.bytes <= 0 or self.sessions <= 0


@dataclass
class Look:
    """What is still to be found of a session, and the line of a message that had some of it."""

    missing: set[str]
    snippet: str = ""
    message: str | None = None
    found: set[str] = field(default_factory=set)

    def hear(self, text: str) -> set[str]:
        """Take note of a text, and return the words that it had."""
        folded = text.casefold()
        here = {word for word in self.missing if word in folded}
        self.missing -= here
        self.found |= here
        return here

    def read(self, text: str) -> None:
        """Take note of a message's text."""
        here = self.hear(text)
        if here and not self.snippet:
            self.snippet = excerpt(text, min(text.casefold().find(word) for word in here))


def searched(sessions: Sessions, owner: str, query: ListSessions) -> SessionsView:
    """Return sessions that have all words, in the order of the list. A page may be empty."""
    words = _words(query.query or "")
    stopped = opened(query.cursor, OF_SEARCHES) if query.cursor else Stopped()
    budget, hits = Budget(), list[SessionSummaryView]()
    for session in _onwards(sessions, owner, stopped):
        look = _look(words, session, stopped)
        _search(sessions, session, look, budget)
        if look.missing and look.message:
            return {"sessions": hits, "cursor": _within(stopped.place, session, look)}
        if not look.missing:
            snippet = look.snippet or session.first_human_message
            hits.append({**summary(session), "snippet": snippet})
        stopped = Stopped(place=(session.last_updated, session.session_id))
        if budget.spent or len(hits) == query.page_size:
            return {"sessions": hits, "cursor": sealed(stopped.model_dump(mode="json"))}
    return {"sessions": hits, "cursor": None}


def _words(query: str) -> set[str]:
    words = set(query.casefold().split())
    if len(words) > MOST_WORDS:
        raise unfit("query", f"It has more than {MOST_WORDS} words.")
    return words


def _look(words: set[str], session: Session, stopped: Stopped) -> Look:
    """Begin with a session, or go on with the one in which the last call stopped."""
    if session.session_id != stopped.session:
        return Look(set(words))
    known = words & {*stopped.words}
    return Look(words - known, stopped.snippet, stopped.message, known)


def excerpt(text: str, at: int) -> str:
    """Return a line of text around a place."""
    begin = max(0, at - BEFORE)
    line = " ".join(text[begin : begin + SNIPPET].split())
    return f"{'…' if begin else ''}{line}{'…' if begin + SNIPPET < len(text) else ''}"


def _onwards(sessions: Sessions, owner: str, stopped: Stopped) -> Iterator[Session]:
    after = Place(*stopped.place) if stopped.place else None
    while page := sessions.latest(owner, PAGE, after):
        yield from page
        after = Place(page[-1].last_updated, page[-1].session_id)


def _search(sessions: Sessions, session: Session, look: Look, budget: Budget) -> None:
    """Read a session until all is found, or no more may be read; `look.message` says how far."""
    budget.sessions -= 1
    if look.message is None:
        look.hear(session.name or "")
    if not look.missing:
        return
    for message in sessions.messages(session, look.message):
        look.read("\n".join(_texts(message)))
        budget.bytes -= len(message.body)
        look.message = message.message_id
        if not look.missing or budget.bytes <= 0:
            return
    look.message = None


def _texts(message: Message) -> Sequence[str]:
    attached = message.document.get("attachments") or []
    return [message.text, *(f"{one['name']}\n{one['text']}" for one in attached)]


def _within(place: tuple[str, str] | None, session: Session, look: Look) -> str:
    stopped = Stopped(
        place=place,
        session=session.session_id,
        message=look.message,
        words=sorted(look.found),
        snippet=look.snippet,
    )
    return sealed(stopped.model_dump(mode="json"))
