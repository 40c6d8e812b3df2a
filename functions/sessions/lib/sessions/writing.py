"""Adding and changing messages: what two tabs write at once is all there afterwards. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from sessions.errors import (
    ConflictError,
    MessageNotFoundError,
    SessionBusyError,
    SessionNotFoundError,
    unfit,
)
from sessions.message import Message, changed, written
from sessions.moments import moment
from sessions.payload import AddMessages, UpdateMessage
from sessions.picture import Album
from sessions.ports import LostRaceError, Sessions
from sessions.session import Growth, Session, begun, growth

SESSION_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TRIES = 8


def found(sessions: Sessions, owner: str, session_id: str) -> Session:
    """Return a session of the owner's, or raise SessionNotFoundError."""
    session = sessions.get(owner, session_id) if SESSION_ID.fullmatch(session_id) else None
    if session is None:
        raise SessionNotFoundError(session_id)
    return session


def again[Result](work: Callable[[], Result]) -> Result:
    """Return what the work does; it begins anew when another request came first."""
    for _ in range(TRIES):
        try:
            return work()
        except LostRaceError:
            continue
    raise SessionBusyError


def add_messages(
    sessions: Sessions, album: Album, wish: AddMessages, at: datetime
) -> list[Message]:
    """Store messages, and the session if it is new; those that are stored already are as good.

    Raise ConflictError if another content is stored under one of the ids, ValidationError if a
    parent or a picture is nowhere. Then nothing is stored.
    """
    creatable(album.session_id)
    sent = [written(one.sent(), moment(at)) for one in wish.messages]
    ids = [one.message_id for one in sent]
    if len(set(ids)) < len(ids):
        raise unfit("messages", "Two messages have the same id.")

    def attempt() -> list[Message]:
        session = sessions.get(album.owner, album.session_id)
        named = {*ids, *(one.parent_id for one in sent), wish.active_leaf} - {None}
        known = sessions.some(session, [one for one in named if one]) if session else {}
        _require_parents(sent, known)
        fresh = [one for one in sent if _is_new(one, known)]
        if fresh:
            leaf = _leaf(wish.active_leaf, {*ids, *known})
            album.require([one.document["content"] for one in fresh])
            into = session or (album.owner, album.session_id)
            _store(sessions, into, fresh, growth(fresh, leaf, at))
        return [known.get(one.message_id, one) for one in sent]

    stored = again(attempt)
    # Of all of them: whoever sends again may have been left between the two.
    album.keep([one.document["content"] for one in stored])
    return stored


def creatable(session_id: str) -> None:
    """Raise ValidationError unless a session may be called so."""
    if not SESSION_ID.fullmatch(session_id):
        raise unfit("sessionId", "It must be 8 to 64 letters, digits and dashes.")


def update_message(
    sessions: Sessions, session: Session, message_id: str, wish: UpdateMessage, at: datetime
) -> Message:
    """Store what has come meanwhile of a message that streams, and return its next revision."""
    was = sessions.some(session, [message_id]).get(message_id)
    if was is None:
        raise MessageNotFoundError(message_id)
    if not was.streams:
        raise ConflictError(f"The message is {was.document['status']}, and final.")
    if was.revision != wish.revision:
        raise ConflictError(f"The message is at revision {was.revision}, not {wish.revision}.")
    now = changed(was, wish.sent("revision"))
    try:
        store_change(sessions, session, was, now, at)
    except LostRaceError:
        raise ConflictError("Another request changed or removed the message meanwhile.") from None
    return now


def store_change(
    sessions: Sessions, session: Session, was: Message, now: Message, at: datetime
) -> None:
    """Store a message's next revision with what it adds to its session, or raise LostRaceError."""
    sessions.replace(session, was, now, _growth_by(was, now, at))


def _growth_by(was: Message, now: Message, at: datetime) -> Growth | None:
    """What a change adds to the session; while only the text grows, the session is left alone."""
    tokens = now.tokens - was.tokens
    return Growth(at, tokens=tokens) if tokens or not now.streams else None


def _require_parents(sent: list[Message], known: Mapping[str, Message]) -> None:
    there = set(known)
    for number, one in enumerate(sent):
        if one.parent_id is not None and one.parent_id not in there:
            raise unfit(
                f"messages.{number}.parentId",
                "It is neither in the session nor before this message in the request.",
            )
        there.add(one.message_id)


def _is_new(message: Message, known: Mapping[str, Message]) -> bool:
    stored = known.get(message.message_id)
    if stored is not None and stored.digest != message.digest:
        raise ConflictError(f"Another message is stored as {message.message_id}.")
    return stored is None


def _leaf(wanted: str | None, there: set[str]) -> str | None:
    if wanted is not None and wanted not in there:
        raise unfit("activeLeaf", "There is no such message in the session.")
    return wanted


def _store(
    sessions: Sessions, into: Session | tuple[str, str], fresh: list[Message], more: Growth
) -> None:
    if isinstance(into, Session):
        sessions.append(into, fresh, more)
    else:
        sessions.add(begun(*into, more), fresh)
