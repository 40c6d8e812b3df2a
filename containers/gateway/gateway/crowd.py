"""How many requests of one caller a worker answers at once. Pure.

A model's server has room for some dozens; whoever fills it alone leaves none to others.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from gateway.grants import Caller
from gateway.refusal import Refusal


class Crowd:
    """Counts who is inside. An API token is a caller of its own, as it is everywhere."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside: dict[str, int] = {}

    @contextmanager
    def place(self, caller: Caller) -> Iterator[None]:
        """One more of the caller's, until the end; a Refusal (429) where there are too many."""
        who = caller.token_id or caller.subject
        already = self._inside.get(who, 0)
        if already >= self._most:
            raise _crowded(self._most)
        self._inside[who] = already + 1
        try:
            yield
        finally:
            self._leave(who)

    def _leave(self, who: str) -> None:
        left = self._inside[who] - 1
        if left:
            self._inside[who] = left
        else:
            del self._inside[who]


def _crowded(most: int) -> Refusal:
    message = f"You have {most} requests running here at once, the most that one caller may. "
    fix = "Send this one again when one of them has ended."
    return Refusal(
        429, "rate_limit_exceeded", message + fix, kind="rate_limit_error", retry_after="1"
    )
