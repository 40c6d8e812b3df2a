"""What the configuration needs of the world, said in its own words."""

from typing import Protocol

from configuration.version import ConfigurationVersion

# How many versions people are shown.
SHOWN = 20


class TakenError(Exception):
    """There is a version of that number already."""


class Versions(Protocol):
    """Every version there ever was; none is changed or removed."""

    def newest(self, count: int = SHOWN) -> list[ConfigurationVersion]:
        """Return the newest versions as they are now, the newest first."""

    def add(self, version: ConfigurationVersion) -> None:
        """Add a version, or raise TakenError."""
