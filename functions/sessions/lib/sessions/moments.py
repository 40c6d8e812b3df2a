"""Moments as texts that sort as they follow each other."""

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """Return a moment with microseconds, in UTC, e.g. `2026-11-30T12:00:00.000000Z`."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
