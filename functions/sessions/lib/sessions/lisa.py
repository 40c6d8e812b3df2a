"""The shapes of LISA's clients: a conversation is a list of messages, told whole each time."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched

from sessions.branch import branch
from sessions.errors import ConflictError
from sessions.message import Document, Message, text_of, written
from sessions.moments import moment
from sessions.payload import LisaMessage
from sessions.picture import Album
from sessions.ports import Sessions
from sessions.session import Session, begun, growth
from sessions.views import LisaMessageView, LisaType
from sessions.writing import again, creatable

TYPES: dict[str, LisaType] = {"user": "human", "assistant": "ai", "system": "system"}
ROLES = {type_: role for role, type_ in TYPES.items()}
# One transaction takes a hundred rows, one of them the session's.
MOST_AT_ONCE = 50
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def history(messages: Sequence[Message], album: Album) -> Iterator[LisaMessageView]:
    """Yield a branch as LISA's clients read it: content is a text, or parts if it has pictures."""
    for one in messages:
        model, usage = one.document.get("model"), one.document.get("usage")
        told: LisaMessageView = {
            "type": TYPES[one.role],
            "content": album.shown(one.document["content"]) if one.pictured else one.text,
            "messageId": one.message_id,
            "metadata": {"modelName": model} if model else {},
        }
        if usage:
            told["usage"] = usage
        yield told


def add_in_line(
    sessions: Sessions, album: Album, told: Sequence[LisaMessage], at: datetime
) -> None:
    """Add those messages of a conversation that the session has not, one after the other.

    What is told is compared with the active branch: from where the two differ, a branch begins.
    Nothing is removed. Told twice, or by two at once, it is there once.
    """
    creatable(album.session_id)
    again(lambda: _add(sessions, album, told, at))


def _add(sessions: Sessions, album: Album, told: Sequence[LisaMessage], at: datetime) -> None:
    session = sessions.get(album.owner, album.session_id)
    standing = _standing(sessions, session) if session else []
    shared = _shared(standing, told)
    parent = standing[shared - 1].message_id if shared else None
    for some in batched(told[shared:], MOST_AT_ONCE):
        fresh = list(_line(some, parent, at))
        contents = [one.document["content"] for one in fresh]
        album.require(contents)
        more = growth(fresh, None, at)
        if session is None:
            session = begun(album.owner, album.session_id, more)
            sessions.add(session, fresh)
        else:
            sessions.append(session, fresh, more, in_line=True)
        album.keep(contents)
        parent = more.leaf
        session = session.model_copy(update={"active_leaf": parent})


def _standing(sessions: Sessions, session: Session) -> list[Message]:
    found = branch(sessions, session)
    if not found.whole:
        raise ConflictError(
            "The conversation is too long to be compared with what was sent.",
            "Send its new messages alone, by POST /session/{sessionId}/messages.",
        )
    return found.messages


def _shared(standing: Sequence[Message], told: Sequence[LisaMessage]) -> int:
    """How many messages are the same from the beginning."""
    for number, (one, other) in enumerate(zip(standing, told, strict=False)):
        if (one.role, one.text) != (ROLES[other.type], _text(other)):
            return number
    return min(len(standing), len(told))


def _line(told: Sequence[LisaMessage], parent: str | None, at: datetime) -> Iterator[Message]:
    begins = _milliseconds(at)
    for number, one in enumerate(told):
        content = one.model_dump(mode="json", by_alias=True, exclude_unset=True)["content"]
        document: Document = {
            "messageId": message_id(begins + number),
            "parentId": parent,
            "role": ROLES[one.type],
            "content": content,
            "status": "complete",
        }
        yield written(document, moment(at))
        parent = document["messageId"]


def message_id(milliseconds: int) -> str:
    """Return a new id of a message: `m-` and a ULID, so that ids sort by time."""
    number = milliseconds << 80 | secrets.randbits(80)
    return "m-" + "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _text(told: LisaMessage) -> str:
    document = told.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return text_of(document["content"])
