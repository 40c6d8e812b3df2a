"""Programs that a test starts, and that end with it."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

type Launch = Callable[[Sequence[str], dict[str, str]], subprocess.Popen[str]]


@contextmanager
def launching(cwd: Path | None = None) -> Iterator[Launch]:
    """Yield what starts a command with an environment; whatever still runs is killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def launch(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    try:
        yield launch
    finally:
        for process in started:
            process.kill()
            process.communicate()
