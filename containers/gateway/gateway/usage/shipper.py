"""The one process of a container that takes finished records from the disk to the queue.

A file goes when the queue has taken all of it. Whoever is killed between the two leaves the file,
and its parcels are sent again under the same ids, by which the service knows them.
"""

import fcntl
import os
import select
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from gateway.end_signals import EndSignals
from gateway.log import say
from gateway.settings import MEGABYTE, Settings
from gateway.unavailable import Unavailable
from gateway.usage.parcels import Parcel, batches, packed, readable
from gateway.usage.queue import SqsQueue
from gateway.usage.spool import DRAFT, ENDING

ROUND_SECONDS = 1.0
LONGEST_PAUSE = 30.0
# Below the time that the parent waits for us.
LAST_SECONDS = 4.0
MOST_BYTES = 256 * MEGABYTE
# In one round, and so in memory: each has a megabyte at most.
MOST_FILES = 10
# Older than any draft whose maker still lives.
DRAFT_SECONDS = 60.0


class Queue(Protocol):
    def send(self, batch: Sequence[Parcel]) -> set[str]: ...


@dataclass(frozen=True)
class Finished:
    """A file that nobody writes to any more, and its lock, which is ours now."""

    path: Path
    lock: int
    parcels: list[Parcel]


class Shipper:
    def __init__(self, folder: Path, queue: Queue, most_bytes: int = MOST_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._queue = queue
        self._most_bytes = most_bytes
        self._failing = False
        self._pause = ROUND_SECONDS

    def round(self) -> float:
        """Ship what is finished, the oldest first; returns the seconds until the next round."""
        self._make_room()
        finished = list(islice(self._finished(), MOST_FILES))
        try:
            taken = self._send([parcel for file in finished for parcel in file.parcels])
            whole = [file for file in finished if taken.issuperset(one.id for one in file.parcels)]
            for file in whole:
                file.path.unlink()
        finally:
            for file in finished:
                os.close(file.lock)
        if len(whole) < len(finished):
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            return self._pause
        self._pause = ROUND_SECONDS
        return 0 if len(finished) == MOST_FILES else ROUND_SECONDS

    def empty(self) -> bool:
        return next(self._folder.glob(f"*{ENDING}"), None) is None

    def _send(self, parcels: list[Parcel]) -> set[str]:
        taken: set[str] = set()
        cause = ""
        try:
            for batch in batches(parcels):
                taken |= self._queue.send(batch)
        except Unavailable as outage:
            cause = outage.cause
        if not cause and len(taken) < len(parcels):
            cause = "it refused some messages"
        self._tell(cause)
        return taken

    def _tell(self, cause: str) -> None:
        """Trouble is said once, not in each round, and so is its end."""
        if cause and not self._failing:
            effect = "kept on disk and sent later"
            say("usage queue unavailable", cause=cause, effect=effect)
        elif self._failing and not cause:
            say("usage queue available again")
        self._failing = bool(cause)

    def _finished(self) -> Iterator[Finished]:
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            lock = take_over(path)
            if lock is not None:
                content = path.read_bytes()
                lines = readable(content)
                if (lost := content.count(b"\n") - len(lines)) > 0:
                    say("usage unreadable", records=lost)
                yield Finished(path, lock, packed(path.stem, lines))

    def _make_room(self) -> None:
        """Keep the disk usable when the queue is away for long: the oldest records go."""
        now = time.time()
        for draft in self._folder.glob(f"*{DRAFT}"):
            if draft.stat().st_mtime < now - DRAFT_SECONDS:
                draft.unlink()
        files = sorted(self._folder.glob(f"*{ENDING}"))
        excess = sum(map(on_disk, files)) - self._most_bytes
        for file in files:
            if excess <= 0:
                return
            excess -= on_disk(file)
            self._drop(file)

    def _drop(self, path: Path) -> None:
        lock = take_over(path)
        if lock is None:
            return
        lost = path.read_bytes().count(b"\n")
        path.unlink()
        os.close(lock)
        fix = "See why the queue takes nothing: the shipper's log says the cause."
        say("usage dropped", records=lost, cause="the disk's share is full", fix=fix)


def on_disk(path: Path) -> int:
    """The bytes that a file occupies; a small one takes a whole block."""
    return path.stat().st_blocks * 512


def take_over(path: Path) -> int | None:
    """The lock of a file that its writer has given up, or None while it has not."""
    try:
        lock = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    # Another shipper may have removed the file between the two.
    if os.fstat(lock).st_nlink:
        return lock
    os.close(lock)
    return None


def main(settings: Settings) -> None:
    with EndSignals() as asked_to_end:
        shipper = Shipper(settings.usage_folder, SqsQueue(settings.usage_queue_url))
        pause = 0.0
        # Standard input is a pipe held by the parent: it becomes readable when the parent dies.
        while not select.select([sys.stdin, asked_to_end], [], [], pause)[0]:
            pause = shipper.round()
        # The edges are gone by now, so all that is there is finished.
        give_up = time.monotonic() + LAST_SECONDS
        while not shipper.empty() and time.monotonic() < give_up:
            time.sleep(min(shipper.round(), 0.5))


if __name__ == "__main__":
    main(Settings.load())
