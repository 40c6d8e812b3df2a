"""Time, from one place, so that whoever needs another time can pass another clock."""

from collections.abc import Callable
from datetime import UTC, datetime

type Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)
