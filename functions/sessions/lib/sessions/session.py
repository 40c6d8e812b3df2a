"""A session: what is known of a conversation without its messages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kernel.ids import new_id
from sessions.message import Message
from sessions.moments import moment

LONGEST_OPENING = 200


class Session(BaseModel):
    """A conversation of one owner, with its messages summed up.

    `contents` says where the messages lie: a session that is made again under an old id has other
    ones. `history` is the owner's history that it is part of: whoever removes all begins another.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    owner: str
    session_id: str
    contents: str
    start_time: str
    last_updated: str
    history: int = 0
    name: str | None = None
    first_human_message: str = ""
    message_count: int = 0
    total_tokens_used: int = 0
    pinned: bool = False
    active_leaf: str | None = None


class Remains(BaseModel):
    """What is still known of a session that is gone."""

    model_config = ConfigDict(frozen=True)

    owner: str
    session_id: str
    contents: str


@dataclass(frozen=True)
class Growth:
    """What messages add to their session. `leaf` is the new active one, None leaves it."""

    at: datetime
    count: int = 0
    tokens: int = 0
    leaf: str | None = None
    opening: str = ""


def growth(messages: Sequence[Message], leaf: str | None, at: datetime) -> Growth:
    """Return what new messages add; the last of them is active unless another is named."""
    asked = (one.text for one in messages if one.role == "user")
    return Growth(
        at=at,
        count=len(messages),
        tokens=sum(one.tokens for one in messages),
        leaf=leaf or messages[-1].message_id,
        opening=next(asked, "")[:LONGEST_OPENING],
    )


def begun(owner: str, session_id: str, first: Growth) -> Session:
    """Return a session that begins with its first messages."""
    return grown(
        Session(
            owner=owner,
            session_id=session_id,
            contents=new_id(),
            start_time=moment(first.at),
            last_updated=moment(first.at),
        ),
        first,
    )


def grown(session: Session, more: Growth) -> Session:
    """Return a session with what was added to it."""
    return session.model_copy(
        update={
            "last_updated": moment(more.at),
            "message_count": session.message_count + more.count,
            "total_tokens_used": session.total_tokens_used + more.tokens,
            "active_leaf": more.leaf or session.active_leaf,
            "first_human_message": session.first_human_message or more.opening,
        }
    )
