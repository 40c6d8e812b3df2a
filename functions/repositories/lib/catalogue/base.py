"""What every definition and every row is made of."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

# PostgreSQL's text cannot hold it.
_NO_NUL = r"^[^\x00]*$"
# DynamoDB's numbers, and JSON's in browsers, hold what lies between, and 0.
_SMALLEST, _LARGEST = 1e-15, 1e15
# An item of DynamoDB has 400 KB at most, what it is joined with included.
_LARGEST_PAYLOAD = 200_000
_LONGEST_KEY = 1024
# What every PostgreSQL since 14 brings to its stems; `simple` leaves words as they are.
_LANGUAGES = (
    *("arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french"),
    *("german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian"),
    *("nepali", "norwegian", "portuguese", "romanian", "russian", "serbian", "simple", "spanish"),
    *("swedish", "tamil", "turkish", "yiddish"),
)
FAILED = "The repository's database does not answer, or refuses."
ASK = "Try again in a minute; if it persists, ask an administrator, to whom the API says why."


def _exact(number: float) -> float:
    if number and not _SMALLEST <= abs(number) <= _LARGEST:
        raise ValueError(f"must be 0, or between {_SMALLEST:g} and {_LARGEST:g} in size")
    return number


def _known(language: str) -> str:
    if language not in _LANGUAGES:
        raise ValueError(f"must be one of {', '.join(_LANGUAGES)}; simple is for all others")
    return language


def _of_an_object(key: str) -> str:
    if len(key.encode()) > _LONGEST_KEY:
        raise ValueError(f"must be {_LONGEST_KEY} bytes of UTF-8 at most, as S3 has it")
    return key


type ObjectKey = Annotated[
    str, StringConstraints(min_length=1, pattern=_NO_NUL), AfterValidator(_of_an_object)
]
type RepositoryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{2,19}$")]
type ModelId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$")]
type Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[\w -]+$")]
type Description = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]
type Language = Annotated[str, AfterValidator(_known)]
type Group = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=_NO_NUL)]
type Groups = Annotated[list[Group], Field(max_length=100)]
type Tag = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=_NO_NUL)]
type FieldName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,49}$")]
type FieldValue = (
    Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
    | bool
    | Annotated[int, Field(ge=-(2**53), le=2**53)]
    | Annotated[float, AfterValidator(_exact)]
)


class Payload(BaseModel):
    """Base of what people send: camelCase names, no unknown field, no coercion."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        protected_namespaces=(),
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        # What people write must not end in a log when it is not as it should be.
        hide_input_in_errors=True,
    )


def of_a_usual_size[Sent: Payload](sent: Sent) -> Sent:
    """Refuse what would not fit into a row: many large things, each of which would."""
    if len(sent.model_dump_json().encode()) > _LARGEST_PAYLOAD:
        raise ValueError(f"must be {_LARGEST_PAYLOAD:,} bytes at most in all")
    return sent


class Row(BaseModel, ABC):
    """Base of what the table keeps: camelCase names, never changed in place.

    `revision` counts the changes of a row, so that of two at once one is refused. `kind` names
    what a row is; `key` is where it lies, as (pk, sk).
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        protected_namespaces=(),
        frozen=True,
        hide_input_in_errors=True,
    )
    kind: ClassVar[str]
    revision: int = 0
    created_at: datetime

    @property
    @abstractmethod
    def key(self) -> tuple[str, str]:
        """Return the row's pk and sk."""

    @property
    def indexed(self) -> dict[str, str]:
        """Return attributes that only the table's indexes read."""
        return {}


class Reason(Payload):
    """Why something failed, for the person who must mend it."""

    code: str
    message: str
    fix: str

    @property
    def in_general(self) -> "Reason":
        """Return it without what only administrators may know: where a database is, for one."""
        return Reason(code=self.code, message=FAILED, fix=ASK)


class Labels(Payload):
    """What people say of a repository, a collection or a document; filters may ask for it."""

    tags: Annotated[list[Tag], Field(max_length=50)] = []
    custom_fields: Annotated[dict[FieldName, FieldValue], Field(max_length=50)] = {}

    def under(self, above: "Labels") -> "Labels":
        """Return these joined with those of what holds it: tags united, the nearer field wins."""
        tags = list(dict.fromkeys([*above.tags, *self.tags]))
        return Labels(tags=tags, custom_fields={**above.custom_fields, **self.custom_fields})
