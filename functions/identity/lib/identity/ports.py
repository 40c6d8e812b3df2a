"""What identity needs from the outside."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from identity.api_token import ApiToken


class Tokens(Protocol):
    """The token table, to the door: one row by its key."""

    def get(self, key: str) -> Mapping[str, object] | None: ...


class TokenBook(Protocol):
    """The token table, to those who manage it."""

    def add(self, token: "ApiToken") -> None:
        """Store a new token of the API."""

    def of(self, username: str) -> "Iterable[ApiToken]":
        """Yield the tokens that the API made for a user; the newest may be missing for a moment."""

    def all(self) -> "Iterable[ApiToken]":
        """Yield every token, those put by hand, too."""

    def fresh(self, token: "ApiToken") -> "ApiToken":
        """Return a token as it is now, or raise TokenNotFoundError."""

    def replace(self, was: "ApiToken", now: "ApiToken") -> None:
        """Store a token's new name and end.

        Raise TokenChangedError and change nothing if it is gone, or if its end has moved since.
        """

    def remove(self, token: "ApiToken") -> None:
        """Remove a token, or raise TokenNotFoundError."""


class Registry(Protocol):
    """The version that every gateway replica watches."""

    def bump_tokens(self) -> None: ...


class Secrets(Protocol):
    """The secrets of this deployment's own services, each with versions by their ids."""

    def text(self, secret_id: str, version: str | None = None) -> str:
        """Return the text of a version, or of the one that is current."""

    def propose(self, secret_id: str, version: str, text: str) -> None:
        """Store a text that is not current yet, unless that version has one."""

    def promote(self, secret_id: str, version: str) -> None:
        """Make a version the current one, if it is not."""
