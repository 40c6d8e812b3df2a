"""Answers whose readers have left: the gateway reads them to their end, and tells them here."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from sessions.content import Payload
from sessions.message import Message, changed
from sessions.payload import Citations, MessageFailure, MessageId, TokenUsage
from sessions.ports import Sessions
from sessions.session import Session
from sessions.writing import SESSION_ID, again, store_change

type SessionId = Annotated[str, StringConstraints(pattern=f"^{SESSION_ID.pattern}$")]


class Answer(Payload):
    """A whole answer, or as much as came of it."""

    status: Literal["complete", "failed"]
    content: str
    reasoning: str | None = None
    citations: Citations | None = None
    usage: TokenUsage | None = None
    error: MessageFailure | None = None


class Leftover(Payload):
    """Where an answer belongs and, once it has ended, the answer."""

    owner: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    session: SessionId
    message: MessageId
    answer: Answer | None = None


def keep(sessions: Sessions, told: Leftover, at: datetime) -> bool:
    """Store an answer that its message still awaits; return whether it did.

    One that was stopped, or whose session is gone, awaits none. A tab that tells what has streamed
    at the same moment is overtaken: it knows no more than this does.
    """

    def attempt() -> bool:
        found = _awaiting(sessions, told)
        if found and told.answer:
            session, was = found
            store_change(sessions, session, was, changed(was, told.answer.sent()), at)
        return found is not None

    return again(attempt)


def _awaiting(sessions: Sessions, told: Leftover) -> tuple[Session, Message] | None:
    session = sessions.get(told.owner, told.session)
    if session is None:
        return None
    message = sessions.some(session, [told.message]).get(told.message)
    return (session, message) if message and message.streams else None
