"""What people send about prompt templates, with its rules of form. Pure."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

PUBLIC, OF_A_GROUP = "lisa:public", "group:"

type PromptType = Literal["persona", "directive"]
type Title = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
type Body = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
type Share = Annotated[str, StringConstraints(pattern=rf"^({PUBLIC}|{OF_A_GROUP}.{{1,256}})$")]
type Cursor = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _each_once(shares: list[str]) -> list[str]:
    return list(dict.fromkeys(shares))


class Payload(BaseModel):
    """Base of bodies. LISA's clients send back all that they were shown: the rest is not read."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, frozen=True, strict=True
    )


class TemplateWish(Payload):
    """The body of POST. `groups` are `lisa:public` and `group:<name>`; none keeps it to oneself."""

    title: Title
    body: Body
    type: PromptType
    groups: Annotated[list[Share], Field(max_length=100), AfterValidator(_each_once)] = []


class TemplateChange(TemplateWish):
    """The body of PUT. `revision` is the one that was read: another since then is a conflict."""

    revision: Annotated[int, Field(ge=1)]


class TemplatesQuery(BaseModel):
    """The query string of GET. `public` true asks for those of everybody, false for one's own."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    type: PromptType | None = None
    public: bool | None = None
    page_size: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Cursor | None = None
