"""Shows how far a file is: a bar on a terminal, plain lines anywhere else."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

_WIDTH = 24
# Seconds between two drawings of the bar, and between two lines about the same file.
_REDRAW, _REPORT = 0.2, 15.0


class Progress:
    """Reports to people; may be told of progress by several threads."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._live = self._out.isatty()
        self._lock = threading.Lock()

    def say(self, sentence: str) -> None:
        """Print a line of its own."""
        with self._lock:
            print(f"{self._clear()}{sentence}", file=self._out, flush=True)

    @contextmanager
    def watch(self, what: str, size: int) -> Iterator[Callable[[int], None]]:
        """Show what takes long while the block runs; what it gives takes the bytes just done."""
        began = said = time.monotonic()
        done = 0

        def advance(more: int) -> None:
            nonlocal done, said
            with self._lock:
                done = min(done + more, size)
                now = time.monotonic()
                if now - said >= (_REDRAW if self._live else _REPORT):
                    said = now
                    self._draw(what, done, size, now - began)

        try:
            yield advance
        finally:
            if self._live:
                print(self._clear(), end="", file=self._out, flush=True)

    def _draw(self, what: str, done: int, size: int, seconds: float) -> None:
        share = done / size if size else 1.0
        speed = f"{human(done)} of {human(size)}, {human(int(done / seconds))}/s"
        if self._live:
            bar = "#" * int(share * _WIDTH)
            line = f"{self._clear()}[{bar:<{_WIDTH}}] {share:4.0%} {what} ({speed})"
            print(line[:200], end="", file=self._out, flush=True)
        else:
            print(f"{what}: {share:.0%} ({speed})", file=self._out, flush=True)

    def _clear(self) -> str:
        return "\r\x1b[K" if self._live else ""


def human(size: int) -> str:
    """Write bytes as people do, in steps of a thousand."""
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 999.5 or unit == "TB":
            break
        value /= 1000
    return f"{value:.0f} {unit}" if unit in ("B", "kB") else f"{value:.1f} {unit}"
