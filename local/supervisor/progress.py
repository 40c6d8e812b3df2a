"""Shows one line per step: what was done, whether it worked and how long it took."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_TICK = 0.2


class StepFailed(Exception):
    """A step that cannot be completed: what happened, the evidence, and what to do next."""

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.fix = what, why, fix


class Progress:
    """Prints steps; on a terminal the running one is shown with its seconds."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._live = out.isatty()
        unicode = "utf" in (getattr(out, "encoding", "") or "").lower()
        self._done, self._failed, self._now = ("✓", "✗", "…") if unicode else ("ok", "FAILED", "..")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block and print its line, also when it fails."""
        started, over = time.monotonic(), threading.Event()
        ticker = threading.Thread(target=self._tick, args=(name, started, over), daemon=True)
        if self._live:
            ticker.start()
        mark = self._failed
        try:
            yield
            mark = self._done
        finally:
            over.set()
            if self._live:
                ticker.join()
            self._line(mark, name, time.monotonic() - started, end="\n")

    def note(self, text: str) -> None:
        """A line that belongs to the step that runs."""
        print(f"{self._clear()}    {text}", file=self._out, flush=True)

    def failure(self, error: StepFailed) -> None:
        """Say what went wrong, why, and what to do."""
        why = "".join(f"\n  | {line}" for line in error.why.splitlines())
        fix = f"\n{error.fix}" if error.fix else ""
        print(f"\n{error.what}{why}{fix}", file=self._out, flush=True)

    def _tick(self, name: str, started: float, over: threading.Event) -> None:
        while not over.wait(_TICK):
            self._line(self._now, name, time.monotonic() - started, end="")

    def _line(self, mark: str, name: str, seconds: float, end: str) -> None:
        text = f"{mark} {name:<42}{seconds:6.1f} s"
        print(f"{self._clear()}{text}", end=end, file=self._out, flush=True)

    def _clear(self) -> str:
        return "\r\x1b[K" if self._live else ""


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, as evidence."""
    try:
        lines = log.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(line[:300] for line in lines[-count:])
