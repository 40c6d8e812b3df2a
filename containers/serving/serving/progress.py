"""A line about a long fetch now and then."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts bytes from many threads; `total` is how many there will be."""

    def __init__(
        self,
        total: int,
        say: Callable[[str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total, self._say, self._now = total, say, now
        self._lock = threading.Lock()
        self._kept = self._fetched = 0
        self._begun = self._said = now()

    def fetched(self, count: int) -> None:
        """So many bytes more came from S3."""
        with self._lock:
            self._fetched += count
            if self._now() - self._said >= SECONDS_BETWEEN_LINES:
                self._said = self._now()
                self._say(self.line())

    def kept(self, count: int) -> None:
        """So many bytes were on the disk already, from a fetch that was cut off."""
        with self._lock:
            self._kept += count

    def line(self) -> str:
        """`Fetched 12.3 of 48.0 GB, 1.10 GB/s.`"""
        unit, name = (1e9, "GB") if self._total >= 1e9 else (1e6, "MB")
        seconds = max(self._now() - self._begun, 0.001)
        done = f"{(self._kept + self._fetched) / unit:.1f} of {self._total / unit:.1f} {name}"
        kept = f", {self._kept / unit:.1f} {name} of it earlier" if self._kept else ""
        return f"Fetched {done}{kept}, {self._fetched / seconds / unit:.2f} {name}/s."
