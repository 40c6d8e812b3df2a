"""What an owner says of a session: its name, its settings, where it goes on. Pure."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sessions.errors import SessionNotFoundError, unfit
from sessions.lisa import add_in_line
from sessions.payload import UpdateSession
from sessions.picture import Album
from sessions.ports import Change, LostRaceError, Sessions
from sessions.session import Session
from sessions.writing import found

LARGEST_CONFIGURATION = 20_000


def update_session(sessions: Sessions, album: Album, wish: UpdateSession, at: datetime) -> Session:
    """Do what a PUT asks for, and return the session as it is then.

    LISA's clients send all messages: what is new of them is added, and the session made if need be.
    """
    change = _change(wish)
    if wish.messages:
        add_in_line(sessions, album, wish.messages, at)
    return store(sessions, found(sessions, album.owner, album.session_id), change)


def store(sessions: Sessions, session: Session, change: Change) -> Session:
    """Store a change, and return the session with it."""
    leaf = change.active_leaf
    if leaf is not None and leaf not in sessions.some(session, [leaf]):
        raise unfit("activeLeaf", "There is no such message in the session.")
    said = {"name": change.name, "pinned": change.pinned, "active_leaf": leaf}
    fresh = {name: value for name, value in said.items() if value is not None}
    if fresh or change.configuration is not None:
        try:
            sessions.change(session, change)
        except LostRaceError:
            raise SessionNotFoundError(session.session_id) from None
    return session.model_copy(update=fresh)


def _change(wish: UpdateSession) -> Change:
    return Change(
        # LISA's clients send an empty name of a session that has none.
        name=wish.name or None,
        pinned=wish.pinned,
        active_leaf=wish.active_leaf,
        configuration=_json(wish.configuration),
    )


def _json(configuration: Mapping[str, Any] | None) -> str | None:
    if configuration is None:
        return None
    try:
        text = json.dumps(configuration, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise unfit("configuration", "A number is not finite.") from None
    size = len(text.encode())
    if size > LARGEST_CONFIGURATION:
        raise unfit(
            "configuration",
            f"It has {size:,} bytes of JSON; {LARGEST_CONFIGURATION:,} is the most.",
        )
    return text
