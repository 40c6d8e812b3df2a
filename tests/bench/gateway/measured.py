"""CPU time and memory of a process and all its descendants, as the kernel counts them."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Of /proc/<pid>/stat, counted after the command's closing parenthesis (man 5 proc_pid_stat).
USER, SYSTEM = 11, 12
KILOBYTE = 1024
PRIORITY = -10


def tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def role(process: psutil.Process) -> str:
    """The last word of a command says what one of several processes is for."""
    return (process.cmdline() or [""])[-1]


def cpu_seconds(pid: int) -> Mapping[str, float]:
    """By role: what the threads of each process have had of a core since they began."""
    spent: Counter[str] = Counter()
    for process in tree(pid):
        spent[role(process)] += _nanoseconds(Path(f"/proc/{process.pid}"))
    return {name: nanoseconds / 1e9 for name, nanoseconds in spent.items()}


def _nanoseconds(folder: Path) -> int:
    """To the nanosecond where the kernel counts so, otherwise to its tick."""
    exact = [thread / "schedstat" for thread in (folder / "task").iterdir()]
    if all(file.exists() for file in exact):
        return sum(int(file.read_text().split()[0]) for file in exact)
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[USER]) + int(fields[SYSTEM])) * 10**9 // TICKS_A_SECOND


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
