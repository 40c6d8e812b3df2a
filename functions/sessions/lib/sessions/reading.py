"""Lists and sessions as the API shows them, cut so that an answer can be sent."""

import json
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter

from sessions.branch import branch
from sessions.cursors import opened, sealed
from sessions.lisa import history
from sessions.payload import ListMessages, ListSessions, MessageId
from sessions.picture import Album
from sessions.ports import Pictures, Place, Sessions
from sessions.session import Session
from sessions.views import (
    HistoryView,
    LisaMessageView,
    MessagesView,
    MessageView,
    SessionsView,
    message_view,
    summary,
)

# What a Lambda may answer is 6 MB, after its body has become a text inside of JSON.
LARGEST_ANSWER = 4_000_000

type Text = Annotated[str, StringConstraints(min_length=1, max_length=64)]
OF_SESSIONS: TypeAdapter[tuple[str, str]] = TypeAdapter(tuple[Text, Text])
OF_MESSAGES: TypeAdapter[str] = TypeAdapter(MessageId)


def listed(sessions: Sessions, owner: str, query: ListSessions) -> SessionsView:
    """Return a page of an owner's sessions, the latest activity first."""
    after = Place(*opened(query.cursor, OF_SESSIONS)) if query.cursor else None
    shown = sessions.latest(owner, query.page_size + 1, after)
    page = shown[: query.page_size]
    cursor = (
        sealed([page[-1].last_updated, page[-1].session_id]) if len(shown) > len(page) else None
    )
    return {"sessions": [summary(one) for one in page], "cursor": cursor}


def messages_page(
    sessions: Sessions, session: Session, query: ListMessages, pictures: Pictures
) -> MessagesView:
    """Return a page of a session's messages, of all branches, the oldest first."""
    after = opened(query.cursor, OF_MESSAGES) if query.cursor else None
    album = Album.of(pictures, session)
    page: list[MessageView] = []
    size = 0
    for message in sessions.messages(session, after):
        shown = message_view(message, album)
        size += answered_size(shown)
        if page and (len(page) == query.page_size or size > LARGEST_ANSWER):
            return {"messages": page, "cursor": sealed(page[-1]["messageId"])}
        page.append(shown)
    return {"messages": page, "cursor": None}


def whole(sessions: Sessions, session: Session, username: str, pictures: Pictures) -> HistoryView:
    """Return a session with its active branch, of which the end is what must be there."""
    active = branch(sessions, session)
    told: list[LisaMessageView] = []
    size, fits = 0, True
    for one in history(active.messages[::-1], Album.of(pictures, session)):
        size += answered_size(one)
        if size > LARGEST_ANSWER:
            fits = False
            break
        told.append(one)
    return {
        "session": {
            **summary(session),
            "configuration": dict(sessions.configuration(session)),
            "activeLeaf": session.active_leaf,
        },
        "history": told[::-1],
        "historyTruncated": not (fits and active.whole),
        "sessionId": session.session_id,
        "userId": username,
        "startTime": session.start_time,
        "name": session.name,
    }


def answered_size(part: object) -> int:
    """Return how many bytes a part of an answer takes: JSON inside of JSON."""
    return len(json.dumps(json.dumps(part)))
