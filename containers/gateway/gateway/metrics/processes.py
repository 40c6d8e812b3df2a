"""The gateway's own processes, as Linux tells of them in /proc (proc(5))."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
ROLE = "gateway."
# Fields of /proc/<pid>/stat behind the command's name, which may hold anything.
STATE, PARENT, USER_TICKS, SYSTEM_TICKS, BIRTH, RESIDENT = 0, 1, 11, 12, 19, 21


@dataclass(frozen=True)
class Process:
    """One running process. `birth` is in ticks since the machine's start: with `pid`, unique."""

    pid: int
    role: str
    birth: int
    resident_bytes: int
    cpu_seconds: float


def birth(pid: int) -> int:
    """When the process was started; 0 for none."""
    fields = _stat(pid)
    return int(fields[BIRTH]) if fields else 0


def alive(pid: int, born: int) -> bool:
    """Whether this very process runs, and not another with its number."""
    fields = _stat(pid)
    return bool(fields) and int(fields[BIRTH]) == born and fields[STATE] != "Z"


def children(parent: int) -> list[Process]:
    """The processes that `parent` started as `python -m gateway.<role>`."""
    return list(_children(parent))


def _children(parent: int) -> Iterator[Process]:
    for entry in PROC.iterdir():
        if not entry.name.isdecimal():
            continue
        pid = int(entry.name)
        fields = _stat(pid)
        if fields and int(fields[PARENT]) == parent and (role := _role(pid)):
            ticks = int(fields[USER_TICKS]) + int(fields[SYSTEM_TICKS])
            resident = int(fields[RESIDENT]) * PAGE_BYTES
            yield Process(pid, role, int(fields[BIRTH]), resident, ticks / TICKS)


def _role(pid: int) -> str:
    try:
        arguments = (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
    named = [part.decode("utf-8", "replace") for part in arguments if part]
    return named[-1].removeprefix(ROLE) if named and named[-1].startswith(ROLE) else ""


def _stat(pid: int) -> list[str]:
    try:
        text = (PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []
    return text.rpartition(")")[2].split()
