"""How this replica is: its processes, its lane, and how fresh what it knows of the models is."""

import socket
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gateway.metrics.catalogue import RESTARTS, Totals
from gateway.metrics.processes import Process, children
from gateway.shared_snapshot import Follower, seen_file

LANE_SECONDS = 0.5
# The poller reads twice a second, and waits four seconds at most for an answer.
SILENT_SECONDS = 10.0


class Replica:
    """Blocking, but for short: files of our own, /proc and a local socket."""

    def __init__(self, parent: int, snapshot_file: Path, lane_socket: str) -> None:
        """`parent` is the process id of the gateway's parent."""
        self._parent = parent
        self._follower = Follower(snapshot_file)
        self._seen = seen_file(snapshot_file)
        self._lane_socket = lane_socket
        self._restarts = Restarts()

    def look(self) -> tuple[Totals, Totals]:
        """The gauges of this moment, and how many processes were started again so far."""
        processes = children(self._parent)
        self._restarts.see(processes)
        gauges = _resources(processes) | self._registry() | self._models()
        gauges["lane_up",] = float(self._lane_listens())
        return gauges, self._restarts.totals()

    def _models(self) -> Totals:
        self._follower.refresh()
        snapshot = self._follower.current
        if snapshot is None:
            return {}
        return {("models",): len(snapshot.routes), ("snapshot_version",): snapshot.versions.models}

    def _registry(self) -> Totals:
        try:
            silence = max(0.0, time.time() - self._seen.stat().st_mtime)
        except FileNotFoundError:
            return {("registry_up",): 0.0}
        return {
            ("registry_silence_seconds",): round(silence, 3),
            ("registry_up",): float(silence < SILENT_SECONDS),
        }

    def _lane_listens(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(LANE_SECONDS)
            try:
                probe.connect(self._lane_socket)
            except OSError:
                return False
        return True


class Restarts:
    """Counts the processes that took the place of one that is gone. Those of a stop have none."""

    def __init__(self) -> None:
        self._running: dict[tuple[int, int], str] = {}
        self._places: Counter[str] = Counter()
        self._counted: Counter[str] = Counter()

    def see(self, processes: Iterable[Process]) -> None:
        running = {(one.pid, one.birth): one.role for one in processes}
        for identity, role in self._running.items():
            self._places[role] += identity not in running
        for identity, role in running.items():
            if identity not in self._running and self._places[role]:
                self._places[role] -= 1
                self._counted[role] += 1
        self._running = running

    def totals(self) -> Totals:
        return {(RESTARTS, role): count for role, count in self._counted.items()}


def _resources(processes: Iterable[Process]) -> Totals:
    sums: Totals = {}
    for one in processes:
        for name, amount in (
            ("process_resident_bytes", one.resident_bytes),
            ("process_cpu_seconds", one.cpu_seconds),
        ):
            sums[name, one.role] = sums.get((name, one.role), 0) + amount
    return sums
