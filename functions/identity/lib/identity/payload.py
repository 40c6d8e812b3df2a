"""What people send to make, change and list API tokens, with its rules of form."""

from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel

# The last second of the year 9999: later ones are no dates.
LAST_MOMENT = 253_402_300_799


def _printable(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError("must be printable, without spaces at its ends")
    return value


type Name = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(_printable)
]
type Username = Annotated[
    str, StringConstraints(min_length=1, max_length=256), AfterValidator(_printable)
]
type Groups = Annotated[list[Username], Field(max_length=100)]
type Models = Annotated[list[Name], Field(min_length=1, max_length=100)]
type Moment = Annotated[int, Field(ge=0, le=LAST_MOMENT)]
type Mark = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}\.[0-9a-f-]{32,36}$")]


class Payload(BaseModel):
    """Base of what is sent: camelCase names, no unknown field, no coercion."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, strict=True
    )


class WithEnd(Payload):
    """Something that may say when a token ends: in Unix seconds, where null means never."""

    token_expiration: Moment | None = None

    @property
    def says_when(self) -> bool:
        return "token_expiration" in self.model_fields_set


class CreateToken(WithEnd):
    """The body of POST /api-tokens.

    Without an end the token lasts for the usual time, without `groups` it has the caller's, without
    `models` it may call all that its groups may.
    """

    name: Name
    groups: Groups | None = None
    models: Models | None = None


class CreateTokenFor(CreateToken):
    """The body of POST /api-tokens/{username}: without `groups` it has none.

    A system token is one that belongs to a program.
    """

    is_system_token: bool = False


class UpdateToken(WithEnd):
    """The body of PUT /api-tokens/{tokenUUID}: a new name, another end, or both."""

    name: Name | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.name is None and not self.says_when:
            raise ValueError("name a new name or tokenExpiration, the two that can be changed")
        return self


class ListTokens(BaseModel):
    """The query of GET /api-tokens; only administrators may name others."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)

    username: Username | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 100
    next_token: Mark | None = None
