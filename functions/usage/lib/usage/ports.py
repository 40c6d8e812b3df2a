"""What the service needs from the world, in its own words."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from usage.booking import Row
from usage.question import Part, Question


class Ledger(Protocol):
    """The days' figures."""

    def add(self, batch: str, rows: Sequence[Row]) -> None:
        """Add what a batch brought, once: a batch that was added already changes nothing.

        Raise Busy when others are at the same rows for too long: the batch is to come again, and
        what has been added of it is not added twice.
        """

    def read(self, question: Question, part: Part) -> Iterable[Row]:
        """Yield a part's rows of the question's days, or raise TooMuchUsageError."""
