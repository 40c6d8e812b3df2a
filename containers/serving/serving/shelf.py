"""Weights on the disk: complete files in one folder, everything unfinished in another beside it.

A server that reads the folder sees whole files only, and nothing that is not the model's. What is
written down beside a draft survives `kill -9`: the next start goes on with the next part.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import threading
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from serving.bucket import Weight

BLOCK = 4 * 1024 * 1024
PART_LINE = re.compile(r"(\d{1,9}) ([0-9a-f]{8})")


class Shelf:
    """One model's weights. `folder` is what its server opens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._work = folder.with_name(f".{folder.name}.fetch")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Two tasks of one model on one machine: the second waits, and finds everything there."""
        for folder in (self.folder, self._work):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self._work / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another task on this machine fetches the same weights.", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def holds(self, weight: Weight) -> bool:
        """Whether this very content is complete."""
        file, stamp = self.folder / weight.name, self._stamp(weight)
        if not (file.is_file() and stamp.is_file()):
            return False
        return file.stat().st_size == weight.size and stamp.read_text() == weight.stamp

    def keep_only(self, weights: list[Weight]) -> None:
        """A file that the model no longer has must not be loaded with the others."""
        wanted = {self.folder / weight.name for weight in weights}
        for path in self.folder.rglob("*"):
            if path not in wanted and not path.is_dir():
                path.unlink()
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        names = {_work_name(weight) for weight in weights} | {"lock"}
        for path in self._work.iterdir():
            if path.name.partition(".")[0] not in names:
                path.unlink()

    def draft(self, weight: Weight, part_size: int) -> Draft:
        """The unfinished file, with as much of it as an earlier start left."""
        return Draft(self._beside(weight, "part"), f"{weight.stamp} {part_size}", weight.size)

    def accept(self, weight: Weight) -> None:
        """The draft takes its place in one move: a reader sees the old file or the new one."""
        target, stamp = self.folder / weight.name, self._stamp(weight)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        stamp.unlink(missing_ok=True)
        self._beside(weight, "part").replace(target)
        stamp.write_text(weight.stamp)
        self._beside(weight, "part.list").unlink(missing_ok=True)

    def _stamp(self, weight: Weight) -> Path:
        return self._beside(weight, "fetched")

    def _beside(self, weight: Weight, kind: str) -> Path:
        return self._work / f"{_work_name(weight)}.{kind}"


def _work_name(weight: Weight) -> str:
    # By digest: names may hold slashes, and be as long as a file's name can be.
    return hashlib.sha256(weight.name.encode()).hexdigest()[:32]


class Draft:
    """A file whose parts arrive in any order, from many threads."""

    def __init__(self, path: Path, stamp: str, size: int) -> None:
        self.path = path
        self._list = path.with_name(f"{path.name}.list")
        self._lock = threading.Lock()
        self._arrived = self._read_list(stamp)
        if not (self._arrived and path.exists()):
            self._begin(stamp)
        os.truncate(path, size)

    def missing(self, sizes: list[int]) -> int:
        """How many bytes have not arrived, of parts of these sizes. Nothing is read for that."""
        return sum(size for index, size in enumerate(sizes) if index not in self._arrived)

    def has(self, index: int, offset: int, size: int) -> bool:
        """Whether a part arrived earlier, and is on the disk as it arrived."""
        if index not in self._arrived:
            return False
        crc = 0
        with self.path.open("rb", buffering=0) as file:
            file.seek(offset)
            while size > 0 and (block := file.read(min(BLOCK, size))):
                crc, size = zlib.crc32(block, crc), size - len(block)
        return crc == self._arrived[index]

    def arrived(self, index: int, crc: int) -> None:
        """Write down that a part is there; called after its bytes are."""
        with self._lock, self._list.open("a") as lines:
            lines.write(f"{index} {crc:08x}\n")

    def discard(self) -> None:
        """The content is wrong: the next start begins anew."""
        self.path.unlink(missing_ok=True)
        self._list.unlink(missing_ok=True)

    def _begin(self, stamp: str) -> None:
        self._arrived = {}
        self.path.write_bytes(b"")
        self._list.write_text(f"{stamp}\n")

    def _read_list(self, stamp: str) -> dict[int, int]:
        if not self._list.exists():
            return {}
        first, *lines = self._list.read_text(errors="replace").split("\n")
        # The last line may have been cut off by the kill, and matches nothing then.
        found = [PART_LINE.fullmatch(line) for line in lines] if first == stamp else []
        return {int(match[1]): int(match[2], 16) for match in found if match}
