"""What identity needs from the outside."""

from collections.abc import Mapping
from typing import Protocol


class Tokens(Protocol):
    """The token table."""

    def get(self, key: str) -> Mapping[str, object] | None: ...


class Registry(Protocol):
    """The version that every gateway replica watches."""

    def bump_tokens(self) -> None: ...
