"""What a message may say, as it is sent: a text, or parts that are texts and pictures."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

MOST_PARTS = 50

type Picture = Annotated[str, StringConstraints(pattern=r"^data:image/[a-z0-9.+-]+;base64,")]
type PictureId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}\.(png|jpeg|gif|webp)$")]
type Detail = Literal["auto", "low", "high"]


class Payload(BaseModel):
    """Base of what is sent: camelCase names, no unknown field, no coercion."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        strict=True,
        hide_input_in_errors=True,
    )

    def sent(self, *without: str) -> dict[str, Any]:
        """Return what was sent, as JSON has it; defaults are left out."""
        return self.model_dump(
            mode="json", by_alias=True, exclude_unset=True, exclude=set(without) or None
        )


class TextPart(Payload):
    type: Literal["text"]
    text: str


class OpenAi(BaseModel):
    """Base of what has the names of OpenAI's protocol."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class InlinePicture(OpenAi):
    """A picture in the message itself."""

    url: Picture
    detail: Detail | None = None


class StoredPicture(OpenAi):
    """A picture that `attachImage` stored. Its `url` is where it could be read, and is not kept."""

    picture: PictureId
    url: Annotated[str, StringConstraints(max_length=5000)] = Field(default="", exclude=True)
    detail: Detail | None = None


class InlinePicturePart(OpenAi):
    type: Literal["image_url"]
    image_url: InlinePicture


class PicturePart(OpenAi):
    type: Literal["image_url"]
    image_url: InlinePicture | StoredPicture


type Part = Annotated[TextPart | PicturePart, Field(discriminator="type")]
type Content = str | Annotated[list[Part], Field(max_length=MOST_PARTS)]
type InlinePart = Annotated[TextPart | InlinePicturePart, Field(discriminator="type")]
# What an answer says, which grows: nothing of it lies elsewhere.
type InlineContent = str | Annotated[list[InlinePart], Field(max_length=MOST_PARTS)]
