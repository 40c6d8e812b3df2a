"""Two TCP connections made one: bytes, back pressure, half-closed and broken ends pass through."""

from __future__ import annotations

import asyncio
from typing import cast

# What one side may have waiting before the other side is no longer read.
MOST_BUFFERED = 256 * 1024


class End(asyncio.Protocol):
    """One of the two connections. Until `join`, it reads nothing, so nothing is kept here."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.other: End | None = None
        self.finished = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the other end before the first read."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=MOST_BUFFERED)
        self.transport.pause_reading()

    def join(self, other: End) -> None:
        """Begin to pass on what arrives."""
        self.other = other
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """Pass it on as it came."""
        if self.other is not None and self.other.transport is not None:
            self.other.transport.write(data)

    def pause_writing(self) -> None:
        """This end takes no more: stop reading the other one."""
        self._set_reading_of_other(False)

    def resume_writing(self) -> None:
        """This end takes more again."""
        self._set_reading_of_other(True)

    def _set_reading_of_other(self, reading: bool) -> None:
        other = self.other.transport if self.other is not None else None
        if other is None or other.is_closing():
            return
        if reading:
            other.resume_reading()
        else:
            other.pause_reading()

    def eof_received(self) -> bool:
        """One direction is over; the other may go on."""
        self.finished = True
        other = self.other
        if other is None or other.transport is None or other.finished:
            return False
        if not other.transport.is_closing():
            other.transport.write_eof()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """A broken end breaks the other one; a finished end lets it send what is left."""
        other = self.other.transport if self.other is not None else None
        self.finished = True
        if other is None or other.is_closing():
            return
        if exc is None:
            other.close()
        else:
            other.abort()
