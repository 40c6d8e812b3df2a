"""CPU time and memory of a process and all its descendants, as the kernel counts them."""

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

CPUCLOCK_SCHED = 2
KILOBYTE = 1024
PRIORITY = -10


def tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def role(process: psutil.Process) -> str:
    """The last word of a command says what one of several processes is for."""
    return (process.cmdline() or [""])[-1]


def cpu_seconds(pid: int) -> Mapping[str, float]:
    """By role: what the processes have had of a core since they began."""
    spent: Counter[str] = Counter()
    for process in tree(pid):
        spent[role(process)] += _nanoseconds(process.pid)
    return {name: nanoseconds / 1e9 for name, nanoseconds in spent.items()}


def _nanoseconds(pid: int) -> int:
    """Also of threads that have ended: pools let theirs go, and what those spent was spent.

    The clock that clock_getcpuclockid(3) names for a process, in a form that Linux keeps stable.
    """
    return time.clock_gettime_ns((~pid << 3) | CPUCLOCK_SCHED)


def memory(pid: int) -> Mapping[str, int]:
    """By role: proportional set size in bytes, so that shared pages count once."""
    held: Counter[str] = Counter()
    for process in tree(pid):
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        held[role(process)] += int(pss.split()[1]) * KILOBYTE
    return dict(held)


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> Mapping[str, float]:
    return {name: value - before.get(name, 0.0) for name, value in after.items()}


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started inside stays on that core, as do its children."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def put_first(pid: int) -> None:
    """Before others on its cores: the tree of a process, and the sessions that Linux groups it by.

    Within a group `nice` decides, between groups only the group's own does (man 7 sched).
    """
    for process in tree(pid):
        os.setpriority(os.PRIO_PROCESS, process.pid, PRIORITY)
        group = Path(f"/proc/{process.pid}/autogroup")
        if group.exists():
            group.write_text(str(PRIORITY))


def cores() -> tuple[int, int]:
    """One for the gateway under test, one for what it is tested with; the same if there is one."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]


def load_average() -> float:
    return os.getloadavg()[0]
