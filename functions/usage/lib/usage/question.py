"""What people ask, which part of the table answers it, and what they may see. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from kernel.faults import ForbiddenError, ValidationError
from kernel.http import Caller
from usage.record import Name

type By = Literal["day", "model", "user", "token", "group"]

USUAL_DAYS = 30
LONGEST_DAYS = 400

type Wanted = Annotated[Name, Field(min_length=1)]
type Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2099, 12, 31))]


class Asked(BaseModel):
    """The query string: a range of days, both included, what to list, and of whom or what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    by: By = "day"
    user: Wanted | None = None
    token: Wanted | None = None
    group: Wanted | None = None
    model: Wanted | None = None


@dataclass(frozen=True)
class Asker:
    """Who asks. `token` is the id of the API token in their hand, empty after a sign-in."""

    username: str
    token: str
    admin: bool

    @classmethod
    def of(cls, caller: Caller) -> Self:
        token = "" if caller.signed_in else caller.subject.removeprefix("token:")
        return cls(caller.username, token, caller.admin)


@dataclass(frozen=True)
class Question:
    """A question that may be asked, for the days from `first` to `last`."""

    first: date
    last: date
    by: By
    filters: Mapping[str, str]

    @classmethod
    def of(cls, asked: Asked, asker: Asker, today: date) -> Self:
        last = asked.last or max(today, asked.first or today)
        first = asked.first or last - timedelta(days=USUAL_DAYS - 1)
        if first > last:
            raise invalid("from", "The first day is after the last one.")
        if (last - first).days >= LONGEST_DAYS:
            raise invalid("from", f"At most {LONGEST_DAYS} days can be asked for at once.")
        filters = {
            name: value
            for name in ("user", "token", "group", "model")
            if (value := getattr(asked, name)) is not None
        }
        return cls(first, last, asked.by, filters if asker.admin else _own(filters, asker))


def _own(filters: dict[str, str], asker: Asker) -> dict[str, str]:
    """Narrowed to what is the asker's own: a person's all, a token's only what it used itself.

    Tokens that were put into the table by hand share one user, so that name says nothing.
    """
    own = {"token": asker.token} if asker.token else {"user": asker.username}
    for name, value in own.items():
        if filters.get(name, value) != value:
            raise ForbiddenError(
                f"You may see your own usage only, and `{name}` is not yours.",
                f"Leave `{name}` out, or ask an administrator.",
            )
    return filters | own


def invalid(name: str, message: str) -> ValidationError:
    return ValidationError([{"field": name, "message": message}])


@dataclass(frozen=True)
class Part:
    """A part of the table that one query reads: its index, the name that is its key, its names."""

    index: Literal["days", "all", "other"]
    kind: str
    key: str
    names: frozenset[str]


def _part(index: Literal["days", "all", "other"], kind: str, key: str, names: str) -> Part:
    return Part(index, kind, key, frozenset(names.split()))


# The narrower before the wider: the first that knows every name of a question answers it.
PARTS = (
    _part("days", "user", "user", "user model"),
    _part("days", "token", "token", "token model user"),
    _part("days", "group", "group", "group model"),
    _part("days", "model", "model", "model"),
    _part("other", "token", "user", "user token model"),
    _part("other", "user", "model", "model user"),
    _part("other", "group", "model", "model group"),
    _part("days", "", "", ""),
    _part("all", "model", "", "model"),
    _part("all", "user", "", "user model"),
    _part("all", "token", "", "token user model"),
    _part("all", "group", "", "group model"),
)


def part(question: Question) -> Part:
    """The part that answers; ValidationError when no row knows all that is asked together."""
    needed = question.filters.keys() | ({question.by} - {"day"})
    for one in PARTS:
        if needed <= one.names and (not one.key or one.key in question.filters):
            return one
    raise invalid(
        "by" if question.by == "group" else "group",
        "Usage of a group is not kept by user or token. Ask by, or for, a group and a model; or a "
        "user, a token and a model.",
    )
