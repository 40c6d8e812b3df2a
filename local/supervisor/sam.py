"""Runs builds and deployments beside other work, and says what they said when they fail."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.supervisor.progress import StepFailed, last_lines
from local.supervisor.state import REPOSITORY

_STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Job:
    """A command that runs."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def finish(self) -> None:
        """Wait for its end; an error tells its last lines."""
        code = self.process.wait()
        if code:
            raise StepFailed(
                f"`{self.name}` ended with exit code {code}.",
                why=last_lines(self.log, 20),
                fix=f"Correct what it names, then `make up` again. The whole log is {self.log}.",
            )

    def cancel(self) -> None:
        """End it, if it still runs."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()


def sam(programs: Path, log: Path, order: str, *options: str) -> Job:
    """Start `sam <order>` from a folder of programs that also holds a Python with pip."""
    command = [str(programs / "sam"), order, *options]
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return started(f"sam {order}", command, log, os.environ | {"PATH": path})


def started(name: str, command: Sequence[str], log: Path, env: Mapping[str, str]) -> Job:
    """Start a command of this repository that writes to its log."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Job(name, log, process)
