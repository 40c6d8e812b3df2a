"""`make logs`: the end of every log, then whatever is added."""

import time
from collections.abc import Iterator
from pathlib import Path

from local.supervisor.progress import last_lines
from local.supervisor.state import State

_PAUSE, _BEFORE = 0.4, 5


class Follower:
    """Reads the logs of a folder, those that appear later too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[Path, int] = {}

    def earlier(self) -> Iterator[str]:
        """The last lines of each log there is."""
        for log in self._logs():
            self._read[log] = log.stat().st_size
            for line in last_lines(log, _BEFORE).splitlines():
                yield self._named(log, line)

    def added(self) -> Iterator[str]:
        """What was written since the last call; a log that has become shorter is read anew."""
        for log in self._logs():
            start, size = self._read.get(log, 0), log.stat().st_size
            with log.open("rb") as file:
                file.seek(start if size >= start else 0)
                content = file.read()
                self._read[log] = file.tell()
            for line in content.decode(errors="replace").splitlines():
                yield self._named(log, line)

    def _logs(self) -> list[Path]:
        return sorted(self._folder.rglob("*.log"))

    def _named(self, log: Path, line: str) -> str:
        name = log.relative_to(self._folder).with_suffix("").as_posix()
        return f"{name:<12} {line}"


def main(state: State) -> int:
    """Print until Ctrl-C."""
    follower = Follower(state.logs)
    for line in follower.earlier():
        print(line)
    while True:
        for line in follower.added():
            print(line, flush=True)
        time.sleep(_PAUSE)
