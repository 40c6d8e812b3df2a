"""What a check needs of the world."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Trouble(Exception):
    """Something does not answer, or not as it should: why, and what to do."""

    reason: str
    fix: str


class Probe(Protocol):
    """Something that the product stands on."""

    @property
    def name(self) -> str:
        """What people call it."""

    def look(self) -> None:
        """Return if it is well; raise Trouble otherwise. May hang: whoever asks waits so long."""
