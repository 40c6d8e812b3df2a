"""No process of a task outlives the task, and no task outlives the agent, however either ends.

On Linux the kernel kills a task's first process together with the agent. All the others carry the
task's id in their environment, as in a container they would be in its cgroup: they are found by it
and killed, by the agent or, if that is gone, by a small watcher that notices on its input.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

MARK = "LISA_TASK_ID"
PR_SET_PDEATHSIG = 1
# A process may start another one while they are being looked for.
ROUNDS = 5
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_agent = os.getpid()


def die_with_agent() -> None:
    """Runs in the child, between fork and exec: calls nothing that could wait for a lock."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != _agent:
            os._exit(1)


def kill_all(group: int, task: str) -> None:
    """End the task's process group and whatever else carries its mark."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    for _ in range(ROUNDS):
        left = marked(task)
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not left:
            return


def marked(task: str) -> list[int]:
    """The processes that carry a task's mark; none where there is no /proc."""
    mark = f"{MARK}={task}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in environment.read_bytes().split(b"\0"):
                found.append(int(environment.parent.name))
    return found


class Leash:
    """The agent's end of the line to the watcher."""

    def __init__(self) -> None:
        self._watcher = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def hold(self, group: int, task: str) -> None:
        """Kill this task when the agent is gone."""
        self._tell(f"+ {group} {task}")

    def release(self, group: int, task: str) -> None:
        """The task has ended."""
        self._tell(f"- {group} {task}")

    def close(self) -> None:
        """The agent ends in order."""
        if self._watcher.stdin is not None:
            self._watcher.stdin.close()
        self._watcher.wait()

    def _tell(self, line: str) -> None:
        if self._watcher.stdin is not None:
            with suppress(BrokenPipeError):
                self._watcher.stdin.write(f"{line}\n".encode())
                self._watcher.stdin.flush()


def watch() -> None:
    """Remember the tasks; when the input ends, so has the agent."""
    held: set[tuple[int, str]] = set()
    for line in sys.stdin:
        sign, group, task = line.split()
        if sign == "+":
            held.add((int(group), task))
        else:
            held.discard((int(group), task))
    for number, name in held:
        kill_all(number, name)


if __name__ == "__main__":
    watch()
