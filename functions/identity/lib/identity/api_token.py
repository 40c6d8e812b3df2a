"""An API token as people manage it: a row of the token table, told without the token. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self, TypedDict

from identity.errors import Rejected
from identity.tokens import (
    HAND_MADE_NAME,
    Row,
    expiration,
    group_names,
    model_names,
    token_id,
)

type Json = dict[str, Any]

LATEST = 10**12 - 1


class TokenView(TypedDict):
    """What people see of a token, in the words of LISA's token API; `models` is ours.

    Times are in Unix seconds. `models` of null are all that the groups may call.
    """

    tokenUUID: str
    name: str
    username: str
    groups: list[str]
    models: list[str] | None
    tokenExpiration: int | None
    createdDate: int
    createdBy: str
    isSystemToken: bool
    isExpired: bool
    isLegacy: bool


class NewTokenView(TokenView):
    """A new token, with what nothing will show again."""

    token: str


class TokensAnswer(TypedDict):
    """A page of tokens; `nextToken` asks for the next one, null at the end."""

    tokens: list[TokenView]
    nextToken: str | None


class RevocationAnswer(TypedDict):
    """What is said of a token that is no more."""

    message: str
    tokenUUID: str


@dataclass(frozen=True)
class ApiToken:
    """One token. Times are in Unix seconds; an `expires_at` of None means never.

    `key` is where its row lies: the token's hash or, of a row put by hand, the token itself, so it
    leaves this service in no answer, log or fact. `models` are the only ones that the token may
    call; None means all that its groups may, and an empty tuple none.
    """

    key: str = field(repr=False)
    token_id: str
    name: str
    username: str
    groups: tuple[str, ...]
    models: tuple[str, ...] | None
    expires_at: int | None
    created_at: int
    created_by: str
    system: bool = False
    by_hand: bool = False

    @classmethod
    def of(cls, row: Row) -> Self:
        """Read a row, whoever wrote it: one that grants nothing must still be seen and removed."""
        by_hand = row.get("hashed") is not True
        return cls(
            key=str(row["token"]),
            token_id=token_id(row),
            name=_text(row, "name"),
            username=HAND_MADE_NAME if by_hand else _text(row, "username"),
            groups=group_names(row),
            models=_models(row),
            expires_at=_seconds(expiration(row)),
            created_at=_moment(row.get("createdDate")),
            created_by=_text(row, "createdBy"),
            system=row.get("isSystemToken") is True,
            by_hand=by_hand,
        )

    def row(self) -> Json:
        """Return the row of a token that the API made."""
        may_be_absent = {
            "tokenExpiration": self.expires_at,
            "models": None if self.models is None else list(self.models),
        }
        return {
            "token": self.key,
            "hashed": True,
            "tokenUUID": self.token_id,
            "name": self.name,
            "username": self.username,
            "groups": list(self.groups),
            "createdDate": self.created_at,
            "createdBy": self.created_by,
            "isSystemToken": self.system,
        } | {name: value for name, value in may_be_absent.items() if value is not None}

    def expired(self, now: float) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def view(self, now: float) -> TokenView:
        """Return what people see."""
        return {
            "tokenUUID": self.token_id,
            "name": self.name,
            "username": self.username,
            "groups": list(self.groups),
            "models": None if self.models is None else list(self.models),
            "tokenExpiration": self.expires_at,
            "createdDate": self.created_at,
            "createdBy": self.created_by,
            "isSystemToken": self.system,
            "isExpired": self.expired(now),
            "isLegacy": self.by_hand,
        }

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in a listing: the newest first."""
        return -self.created_at, self.token_id


def page(
    tokens: Iterable[ApiToken], limit: int, after: str | None
) -> tuple[list[ApiToken], str | None]:
    """Return the page that follows a mark, and the mark for the next page, None at the end.

    A mark is a place and not a token, so it stays good when that token is revoked meanwhile; and it
    tells no table key, as a mark of DynamoDB's own would.
    """
    rest = sorted(
        (token for token in tokens if after is None or token.place > _place(after)),
        key=lambda token: token.place,
    )
    shown = rest[:limit]
    return shown, _mark(shown[-1]) if len(rest) > limit else None


def _mark(token: ApiToken) -> str:
    return f"{token.created_at}.{token.token_id}"


def _place(mark: str) -> tuple[int, str]:
    created_at, _, name = mark.partition(".")
    return -int(created_at), name


def _models(row: Row) -> tuple[str, ...] | None:
    try:
        return model_names(row) or None
    except Rejected:
        return ()


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _moment(value: object) -> int:
    """When a row says that it was made, within what a mark can hold; 0 if it does not say."""
    seconds = _seconds(expiration({"tokenExpiration": value})) or 0
    return min(max(seconds, 0), LATEST)


def _seconds(value: float | None) -> int | None:
    """Whole seconds; what cannot be read as a time passed at the beginning of time."""
    if value is None:
        return None
    return int(value) if math.isfinite(value) else 0
