"""The token table in memory. It passes the suite of the one in DynamoDB."""

from collections.abc import Iterator
from typing import Any

from identity.api_token import ApiToken
from identity.faults import TokenChangedError, TokenNotFoundError


class InMemoryTokenBook:
    """Rows by their key; `put` stores one as an owner does by hand."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def put(self, row: dict[str, Any]) -> None:
        self._rows[row["token"]] = row

    def add(self, token: ApiToken) -> None:
        self.put(token.row())

    def of(self, username: str) -> Iterator[ApiToken]:
        mine = (token for token in self.all() if token.username == username and not token.by_hand)
        yield from sorted(mine, key=lambda token: -token.created_at)

    def all(self) -> Iterator[ApiToken]:
        yield from map(ApiToken.of, self._rows.values())

    def fresh(self, token: ApiToken) -> ApiToken:
        if token.key not in self._rows:
            raise TokenNotFoundError
        return ApiToken.of(self._rows[token.key])

    def replace(self, was: ApiToken, now: ApiToken) -> None:
        row = self._rows.get(was.key)
        if row is None or not (was.by_hand or ApiToken.of(row).expires_at == was.expires_at):
            raise TokenChangedError
        row["name"] = now.name
        row.pop("tokenExpiration", None)
        if now.expires_at is not None:
            row["tokenExpiration"] = now.expires_at

    def remove(self, token: ApiToken) -> None:
        if self._rows.pop(token.key, None) is None:
            raise TokenNotFoundError


class InMemoryRegistry:
    """Counts how often the gateways were told."""

    def __init__(self) -> None:
        self.tokens = 0

    def bump_tokens(self) -> None:
        self.tokens += 1
