"""A walk along steps: what both clients have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

    from lisapy.errors import LisaError

T = TypeVar("T")


@dataclass(frozen=True)
class Done(Generic[T]):
    """The walk is over, and this came of it."""

    value: T


class Walk(Generic[T]):
    """Asks for the next step with what came of the one before."""

    def __init__(self, steps: Generator[Any, Any, T]) -> None:
        """Stand before the first step."""
        self._steps = steps
        self._reply: Any = None
        self._failure: LisaError | None = None

    def next(self) -> Any:
        """Return the next step, or Done; raise what the steps raise."""
        reply, failure, self._reply, self._failure = self._reply, self._failure, None, None
        try:
            if failure is not None:
                return self._steps.throw(failure)
            return self._steps.send(reply)
        except StopIteration as end:
            return Done(end.value)

    def replied(self, reply: Any) -> None:
        """Keep what came of a step."""
        self._reply = reply

    def failed(self, failure: LisaError) -> None:
        """Keep how a step failed: the steps may know what to do about it."""
        self._failure = failure

    def close(self) -> None:
        """Let the steps put away what they hold."""
        self._steps.close()
