"""Switches in memory, which pass the suite of those in DynamoDB."""

from collections.abc import Callable, Iterable


class InMemorySwitches:
    """What is switched off: some by name, and what another part says at the time."""

    def __init__(self, *off: str, further: Callable[[], Iterable[str]] = tuple) -> None:
        self._off, self._further = off, further

    def off(self, name: str) -> bool:
        return name in self._off or name in self._further()
