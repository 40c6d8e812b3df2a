"""Records on their way, in files: a process that is killed after answering loses none.

What has been written is the kernel's, whatever becomes of us. A worker appends to a file of its own
and holds that file's lock; when it turns to another file, or dies, the lock is free, and who gets
it may take the records away.
"""

import asyncio
import fcntl
import os
import secrets
import time
from pathlib import Path

from gateway.log import say
from gateway.usage.lines import line
from gateway.usage.record import Record

ENDING = ".records"
DRAFT = ".draft"
TURN_BYTES = 1024 * 1024
TURN_SECONDS = 1.0


class Spool:
    """The records of one worker. `write` costs microseconds and never raises."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        # Unique among all workers and their starts, and in the order of time.
        self._started = f"{time.time_ns():020}-{secrets.token_hex(8)}"
        self._number = 0
        self._file = -1
        self._size = 0
        self._failing = False

    def write(self, record: Record) -> None:
        """Keep a record. To be called before the last bytes of the answer are passed on."""
        text = line(record)
        try:
            if self._file < 0:
                self._open()
            written = os.write(self._file, text)
        except OSError as error:
            return self._lost(error)
        if written < len(text):
            # The half line ends its file, where its reader knows it for what it is.
            return self._lost(OSError("short write"))
        self._failing = False
        self._size += written
        if self._size >= TURN_BYTES:
            self.turn()

    def turn(self) -> None:
        """Give up the file, so that its records are taken away. The next record opens another."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1
        self._size = 0

    def _open(self) -> None:
        self._number += 1
        name = f"{self._started}-{self._number:08}"
        draft = self._folder / (name + DRAFT)
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        # Locked before anybody can find it, or it might be taken for left behind.
        fcntl.flock(file, fcntl.LOCK_EX)
        draft.rename(draft.with_suffix(ENDING))
        self._file = file

    def _lost(self, error: OSError) -> None:
        if not self._failing:
            fix = "Give the task more disk, or see why the queue takes nothing."
            say("usage not recorded", cause=error.strerror or str(error), fix=fix)
        self._failing = True
        self.turn()


async def keep_turning(spool: Spool) -> None:
    """Let go of each second's records, so that they are counted soon."""
    while True:
        await asyncio.sleep(TURN_SECONDS)
        spool.turn()
