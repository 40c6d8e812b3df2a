"""Runs the SAM command line beside other work, and says what it said when it fails."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from local.supervisor.progress import StepFailed, last_lines
from local.supervisor.state import REPOSITORY

_STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Job:
    """A SAM command that runs."""

    order: str
    log: Path
    process: subprocess.Popen[bytes]

    def finish(self) -> None:
        """Wait for its end; an error tells its last lines."""
        code = self.process.wait()
        if code:
            raise StepFailed(
                f"`sam {self.order}` ended with exit code {code}.",
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
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(programs / "sam"), order, *options],
            cwd=REPOSITORY,
            env=os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Job(order, log, process)
