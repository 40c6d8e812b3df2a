"""Being told to end: SIGTERM and SIGINT, however many come and however close together.

A `threading.Event` will not do: setting one takes a lock, a signal may interrupt whoever holds it,
and then the process waits for itself for ever.
"""

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Self

NUMBERS = (signal.SIGTERM, signal.SIGINT)


class EndSignals:
    """From entering on, the signals end only a `wait`. For the main thread."""

    def __enter__(self) -> Self:
        self._reader, self._writer = os.pipe()
        # A full pipe has been heard: a handler must not wait.
        os.set_blocking(self._writer, False)
        self._before = {number: signal.signal(number, self._hear) for number in NUMBERS}
        return self

    def wait(self) -> None:
        """Return once a signal has come; at once if one has come already."""
        os.read(self._reader, 1)

    def fileno(self) -> int:
        """For `select`: readable once a signal has come."""
        return self._reader

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._reader)
        os.close(self._writer)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        with suppress(BlockingIOError):
            os.write(self._writer, b".")
