"""Milliseconds of a client and of the server's process that works for it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stores.pgvector.connecting import Connection

HEAD = (
    f"  {'milliseconds':40} {'p50':>8} {'p95':>8} {'computed p50':>14} {'p95':>8} {'p95/base':>9}"
)
_WARM = 20


class Backend:
    """The process that serves a connection; its computing time is known on Linux alone."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.run("select pg_backend_pid()") or []
        self._told = Path(f"/proc/{rows[0][0]}/schedstat")

    def computed(self) -> float:
        """Milliseconds since it began; 0 where nobody counts them."""
        return int(self._told.read_text().split()[0]) / 1e6 if self._told.exists() else 0.0


@dataclass(frozen=True)
class Times:
    """Milliseconds of each question of one kind, as waited and as computed."""

    what: str
    waited: Sequence[float]
    computed: Sequence[float]

    def line(self, baseline: "Times") -> str:
        """One line of the table."""
        ratio = late(self.waited) / late(baseline.waited)
        return (
            f"  {self.what:40} {statistics.median(self.waited):8.1f} {late(self.waited):8.1f} "
            f"{statistics.median(self.computed):14.1f} {late(self.computed):8.1f} {ratio:9.2f}"
        )


def timed(what: str, asked: Sequence[Any], ask: Callable[[Any], None], backend: Backend) -> Times:
    """Ask each question once, after some to warm up."""
    for one in asked[:_WARM]:
        ask(one)
    waited, computed = [], []
    for one in asked:
        began, before = time.perf_counter(), backend.computed()
        ask(one)
        waited.append(1000 * (time.perf_counter() - began))
        computed.append(backend.computed() - before)
    return Times(what, waited, computed)


def late(taken: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(taken)[int(len(taken) * 0.95)]
