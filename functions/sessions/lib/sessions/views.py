"""What the API answers, in its own names."""

from typing import Any, Literal, NotRequired, TypedDict, cast

from pydantic import ConfigDict, with_config

from sessions.content import Detail
from sessions.message import Message
from sessions.payload import AttachedText, MessageFailure, MessageStatus
from sessions.picture import Album
from sessions.session import Session

type LisaType = Literal["human", "ai", "system"]


class SessionSummaryView(TypedDict):
    """A session in a list. Times are ISO 8601 in UTC; `snippet` says where words were found."""

    sessionId: str
    name: str | None
    firstHumanMessage: str
    startTime: str
    createTime: str
    lastUpdated: str
    messageCount: int
    totalTokensUsed: int
    pinned: bool
    snippet: NotRequired[str]


class SessionsView(TypedDict):
    sessions: list[SessionSummaryView]
    cursor: str | None


class SessionView(SessionSummaryView):
    """A session without its messages."""

    configuration: dict[str, Any]
    activeLeaf: str | None


class ChangedSessionView(TypedDict):
    session: SessionSummaryView


class PictureView(TypedDict):
    """A picture: a data: address or, of one that is stored, an address that ends in minutes.

    `picture` is what a stored one is called in other messages of its session.
    """

    url: str
    picture: NotRequired[str]
    detail: NotRequired[Detail | None]


class TextPartView(TypedDict):
    type: Literal["text"]
    text: str


class PicturePartView(TypedDict):
    type: Literal["image_url"]
    image_url: PictureView


type ContentView = str | list[TextPartView | PicturePartView]


class UsageView(TypedDict):
    """What a message took, in tokens; `cost` is in dollars."""

    promptTokens: int
    completionTokens: int
    totalTokens: int
    cachedTokens: NotRequired[int | None]
    cost: NotRequired[float | None]


class LisaMessageView(TypedDict):
    """A message of the active branch as LISA's clients read it."""

    type: LisaType
    content: ContentView
    messageId: str
    metadata: dict[str, Any]
    usage: NotRequired[UsageView]


class HistoryView(TypedDict):
    """A session, and the end of its active branch: all of it unless `historyTruncated`."""

    session: SessionView
    history: list[LisaMessageView]
    historyTruncated: bool
    sessionId: str
    userId: str
    startTime: str
    name: str | None


class TimingView(TypedDict):
    """How long an answer took, in milliseconds."""

    firstTokenMs: NotRequired[float | None]
    totalMs: NotRequired[float | None]


class MessageView(TypedDict):
    """A message of the tree as it was sent, and its revision."""

    messageId: str
    parentId: str | None
    role: Literal["user", "assistant", "system"]
    content: ContentView
    status: MessageStatus
    createdAt: str
    revision: int
    model: NotRequired[str | None]
    reasoning: NotRequired[str | None]
    citations: NotRequired[list[dict[str, Any]] | None]
    error: NotRequired[MessageFailure | None]
    usage: NotRequired[UsageView | None]
    timing: NotRequired[TimingView | None]
    attachments: NotRequired[list[AttachedText] | None]
    parameters: NotRequired[dict[str, Any] | None]


class MessagesView(TypedDict):
    messages: list[MessageView]
    cursor: str | None


class RevisionView(TypedDict):
    messageId: str
    revision: int


class RevisionsView(TypedDict):
    messages: list[RevisionView]


@with_config(ConfigDict(extra="allow"))
class AttachedView(TypedDict):
    """The message that was sent, in which each picture that was stored has `url` and `picture`."""

    content: NotRequired[ContentView]
    type: NotRequired[str]
    image_url: NotRequired[PictureView]


class DeletedView(TypedDict):
    deleted: bool


def summary(session: Session) -> SessionSummaryView:
    return {
        "sessionId": session.session_id,
        "name": session.name,
        "firstHumanMessage": session.first_human_message,
        "startTime": session.start_time,
        "createTime": session.start_time,
        "lastUpdated": session.last_updated,
        "messageCount": session.message_count,
        "totalTokensUsed": session.total_tokens_used,
        "pinned": session.pinned,
    }


def revision(message: Message) -> RevisionView:
    return {"messageId": message.message_id, "revision": message.revision}


def message_view(message: Message, album: Album) -> MessageView:
    shown = {"content": album.shown(message.document["content"]), "revision": message.revision}
    return cast("MessageView", message.document | shown)
