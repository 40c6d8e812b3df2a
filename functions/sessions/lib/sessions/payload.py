"""What people send of sessions and messages, with its rules of form."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

from sessions.content import Content, InlineContent, Payload, PicturePart

MOST_ATTACHMENTS = 50
MOST_CITATIONS = 500
MOST_MESSAGES = 20
PAGE, LARGEST_PAGE = 50, 100


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _one_line(text: str) -> str:
    return " ".join(text.split())


type MessageId = Annotated[str, StringConstraints(pattern=r"^m-[0-9A-Za-z]{26}$")]
type Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
type Name = Annotated[str, AfterValidator(_one_line), StringConstraints(max_length=100)]
type Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]
type Cursor = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
type Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
type Measure = Annotated[float, Field(ge=0, le=1_000_000_000, allow_inf_nan=False)]
type ShortText = Annotated[str, StringConstraints(max_length=500)]
type MessageStatus = Literal["complete", "streaming", "stopped", "failed"]


class TokenUsage(Payload):
    prompt_tokens: Count
    completion_tokens: Count
    total_tokens: Count
    cached_tokens: Count | None = None
    cost: Measure | None = None


class AnswerTiming(Payload):
    first_token_ms: Measure | None = None
    total_ms: Measure | None = None


class MessageFailure(Payload):
    code: ShortText
    message: Annotated[str, StringConstraints(max_length=5000)]


class AttachedText(Payload):
    name: ShortText
    media_type: ShortText
    tokens: Count
    text: str


type Citations = Annotated[list[dict[str, JsonValue]], Field(max_length=MOST_CITATIONS)]


class NewMessage(Payload):
    """A message of the tree: `parentId` is the one that it answers, null for a first one."""

    message_id: MessageId
    parent_id: MessageId | None
    role: Literal["user", "assistant", "system"]
    content: Content
    status: MessageStatus
    created_at: Moment | None = None
    model: ShortText | None = None
    reasoning: str | None = None
    citations: Citations | None = None
    error: MessageFailure | None = None
    usage: TokenUsage | None = None
    timing: AnswerTiming | None = None
    attachments: Annotated[list[AttachedText], Field(max_length=MOST_ATTACHMENTS)] | None = None
    parameters: dict[str, JsonValue] | None = None

    @model_validator(mode="after")
    def _only_answers_stream(self) -> Self:
        if self.status == "streaming" and self.role != "assistant":
            raise ValueError("only a message of the assistant may be streaming")
        return self


class AddMessages(Payload):
    """The body of POST /session/{sessionId}/messages; a parent is stored, or before its child."""

    messages: Annotated[list[NewMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    active_leaf: MessageId | None = None


class UpdateMessage(Payload):
    """The body of PUT .../messages/{messageId}: what has come meanwhile of what was streaming."""

    revision: Annotated[int, Field(ge=1, le=1_000_000_000)]
    content: InlineContent | None = None
    reasoning: str | None = None
    citations: Citations | None = None
    usage: TokenUsage | None = None
    timing: AnswerTiming | None = None
    status: MessageStatus | None = None
    error: MessageFailure | None = None

    @model_validator(mode="after")
    def _keeps_what_it_must_have(self) -> Self:
        for name in ("content", "status"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null: leave it out to keep it")
        return self


class PicturedMessage(BaseModel):
    """A message of any shape, of which the pictures in `content` are stored."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    content: Content


class AttachImage(Payload):
    """The body of PUT /session/{sessionId}/attachImage: a message, or one picture of it."""

    message: PicturePart | PicturedMessage


class LisaMessage(BaseModel):
    """A message as LISA's clients send it; what else they say of it is not kept."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    type: Literal["human", "ai", "system"]
    content: Content


class UpdateSession(BaseModel):
    """The body of PUT /session/{sessionId}. With `messages` it is that of LISA's clients.

    These send all there is of the conversation: what is new of it is added. They may send other
    fields, too, which are not kept.
    """

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, hide_input_in_errors=True
    )

    name: Name | None = None
    active_leaf: MessageId | None = None
    configuration: dict[str, JsonValue] | None = None
    pinned: bool | None = None
    messages: Annotated[list[LisaMessage], Field(max_length=5000)] | None = None


class RenameSession(Payload):
    """The body of PUT /session/{sessionId}/name."""

    name: Annotated[str, AfterValidator(_one_line), StringConstraints(min_length=1, max_length=100)]


class ListSessions(BaseModel):
    """The query of GET /session; with `query` only what has all of its words is listed."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    page_size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = PAGE
    cursor: Cursor | None = None
    query: Words | None = None


class ListMessages(BaseModel):
    """The query of GET /session/{sessionId}/messages."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    page_size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE
    cursor: Cursor | None = None
