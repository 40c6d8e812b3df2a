"""One process: started on its leash, watched, stopped as ECS stops a container."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.ecs_agent.leash import MARK, Leash, die_with_agent, kill_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Command:
    """What to run, where, and with which environment, for which task."""

    task: str
    argv: Sequence[str]
    cwd: Path
    environment: Mapping[str, str]


class Process:
    """A started command. It leads a process group of its own."""

    def __init__(self, process: asyncio.subprocess.Process, task: str, leash: Leash) -> None:
        self._process = process
        self._task = task
        self._leash = leash
        self._over = False
        self.pid = process.pid

    @classmethod
    async def start(cls, command: Command, log: Path, leash: Leash) -> Process:
        """Run the command. Raises OSError when there is nothing to run."""
        with log.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *command.argv,
                cwd=command.cwd,
                env={**command.environment, MARK: command.task},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
                preexec_fn=die_with_agent,
            )
        leash.hold(process.pid, command.task)
        return cls(process, command.task, leash)

    async def ended(self) -> int:
        """The exit code, as a shell tells it: 128 and the signal's number for a killed process."""
        code = await self._process.wait()
        # What it started goes with it, as in a container.
        kill_all(self.pid, self._task)
        self._over = True
        self._leash.release(self.pid, self._task)
        return code if code >= 0 else 128 - code

    def ask_to_end(self) -> None:
        """SIGTERM, to the first process alone, as in a container."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL, to all of it. Once it is over, the number may be somebody else's."""
        if not self._over:
            kill_all(self.pid, self._task)
