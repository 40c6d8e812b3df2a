"""Finished traces on their way from the workers to the process that ships them: one named pipe.

The kernel bounds it and keeps each line whole (pipe(7): up to 4096 bytes). A full pipe refuses at
once, so a trace can be lost and a request never waits. Both ends open it for both directions:
neither needs the other to be there.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from gateway.tracing.context import Trace
from gateway.tracing.spans import Facts, facts
from gateway.usage.record import Record

NAME = "traces.pipe"
LONGEST_LINE = 4096
# The most that Linux grants to anybody.
PIPE_BYTES = 1024 * 1024
READ_BYTES = 64 * 1024


def _open(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with suppress(FileExistsError):
        os.mkfifo(path, 0o600)
    pipe = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    # A user who has many pipes already is refused: then it stays at 64 KiB.
    with suppress(PermissionError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return pipe


class Giver:
    """A worker's end."""

    def __init__(self, folder: Path) -> None:
        self._pipe = _open(folder)

    def give(self, record: Record, trace: Trace) -> bool:
        """Hand a finished trace over; False when it is lost instead."""
        line = orjson.dumps(facts(record, trace)) + b"\n"
        if len(line) > LONGEST_LINE:
            return False
        try:
            os.write(self._pipe, line)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        os.close(self._pipe)


class Taker:
    """The shipper's end."""

    def __init__(self, folder: Path) -> None:
        self._pipe = _open(folder)
        self._rest = b""

    def take(self) -> Iterator[Facts]:
        """What has come since the last time; never waits."""
        while part := self._read():
            *lines, self._rest = (self._rest + part).split(b"\n")
            for line in lines:
                # The first may be the end of one whose beginning a predecessor took and lost.
                with suppress(orjson.JSONDecodeError):
                    yield orjson.loads(line)

    def close(self) -> None:
        os.close(self._pipe)

    def _read(self) -> bytes:
        try:
            return os.read(self._pipe, READ_BYTES)
        except BlockingIOError:
            return b""
