"""Bring a model's weights from S3 to the disk: in parallel, resumed, verified, never half a file.

Large files are fetched in parts, so that one file alone fills the network and a start that was
killed goes on where it was. The bytes stream to the disk: the memory holds a block per connection.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
import zlib
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import HTTPClientError, IncompleteReadError

from serving import checksums
from serving.bucket import CONNECTIONS, Weight, list_weights, readable_errors
from serving.disk import check_space, readable_disk_errors
from serving.faults import WeightsUnreadable
from serving.progress import Progress
from serving.shelf import Draft, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mypy_boto3_s3 import S3Client

    from serving.task import Task

    Select = Callable[[list[Weight], str], list[Weight]]

PART_SIZE = 32 * 1024 * 1024
BLOCK = 1024 * 1024
TRIES = 5
# A connection that breaks in the middle of a body: the client itself repeats only what failed
# before the body.
BROKEN = (HTTPClientError, IncompleteReadError)


@dataclass(frozen=True)
class Part:
    """A range of a file: `size` bytes from `offset`."""

    index: int
    offset: int
    size: int


def parts_of(size: int) -> list[Part]:
    """A file of so many bytes in parts of at most `PART_SIZE`."""
    offsets = range(0, size, PART_SIZE)
    return [Part(i, start, min(PART_SIZE, size - start)) for i, start in enumerate(offsets)]


def fetch(s3: S3Client, task: Task, select: Select) -> Path:
    """The folder with those files below the task's prefix that `select` keeps. Raises CannotStart.

    `select` gets all of them and the prefix as people write it, and may raise a fault of its own.
    """
    with readable_errors(task.location), readable_disk_errors(task.cache):
        there = list_weights(s3, task)
        weights = select(there, task.location)
        shelf = Shelf(task.folder)
        with shelf.locked():
            # Not only what was selected: on a laptop two models may choose from one prefix.
            shelf.keep_only(there)
            missing = [weight for weight in weights if not shelf.holds(weight)]
            _Fetch(s3, task, shelf).run(missing)
    print(f"Fetched {len(missing)} of {len(weights)} files from {task.location}.", flush=True)
    return task.folder


class _File:
    """One file on its way. The thread that brings its last part verifies and places it."""

    def __init__(self, weight: Weight, draft: Draft) -> None:
        self.weight, self.draft = weight, draft
        self.parts = parts_of(weight.size)
        self._open = len(self.parts)
        self._lock = threading.Lock()

    def is_complete_with_this_part(self) -> bool:
        with self._lock:
            self._open -= 1
            return self._open <= 0


class _Fetch:
    def __init__(self, s3: S3Client, task: Task, shelf: Shelf) -> None:
        self._s3, self._task, self._shelf = s3, task, shelf
        self._progress = Progress(0, print)

    def run(self, weights: list[Weight]) -> None:
        files = [_File(weight, self._shelf.draft(weight, PART_SIZE)) for weight in weights]
        needed = sum(file.draft.missing([part.size for part in file.parts]) for file in files)
        check_space(shutil.disk_usage(self._shelf.folder).free, needed)
        self._progress = Progress(sum(weight.size for weight in weights), _say)
        with ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="fetch") as pool:
            jobs = [pool.submit(self._finish, file) for file in files if not file.parts]
            jobs += [pool.submit(self._part, file, p) for file in files for p in file.parts]
            _until_first_failure(pool, jobs)
        if needed:
            _say(self._progress.line())

    def _part(self, file: _File, part: Part) -> None:
        if file.draft.has(part.index, part.offset, part.size):
            self._progress.kept(part.size)
        else:
            file.draft.arrived(part.index, self._bring(file, part))
        if file.is_complete_with_this_part():
            self._finish(file)

    def _bring(self, file: _File, part: Part) -> int:
        """The part's bytes onto the disk; their CRC-32."""
        for attempt in range(1, TRIES):
            try:
                return self._stream(file, part)
            except BROKEN:
                time.sleep(0.2 * 2**attempt)
        return self._stream(file, part)

    def _stream(self, file: _File, part: Part) -> int:
        last = part.offset + part.size - 1
        answer = self._s3.get_object(
            Bucket=self._task.bucket,
            Key=file.weight.key,
            Range=f"bytes={part.offset}-{last}",
            IfMatch=f'"{file.weight.etag}"',
        )
        crc, offset = 0, part.offset
        output = os.open(file.draft.path, os.O_WRONLY)
        try:
            for block in answer["Body"].iter_chunks(BLOCK):
                _write(output, block[: last + 1 - offset], offset)
                crc, offset = zlib.crc32(block, crc), offset + len(block)
                self._progress.fetched(len(block))
        finally:
            os.close(output)
            answer["Body"].close()
        if offset != last + 1:
            raise WeightsUnreadable(
                f"S3 sent {offset - part.offset} bytes of {file.weight.name} where "
                f"{part.size} were asked for.",
                "Try again; if it repeats, stage the model again.",
            )
        return crc

    def _finish(self, file: _File) -> None:
        checksum = self._checksum(file.weight)
        if checksum is None:
            _say(f"S3 knows no checksum of {file.weight.name}: only its size was compared.")
        elif not checksum.agrees_with(file.draft.path):
            file.draft.discard()
            raise WeightsUnreadable(
                f"{file.weight.name} from {self._task.location} does not have the "
                f"{checksum.algorithm} checksum that is kept with it.",
                "Stage the model again. If that does not help, the disk of this instance is "
                "damaged: stop the instance, so that another takes its place.",
            )
        self._shelf.accept(file.weight)

    def _checksum(self, weight: Weight) -> checksums.Checksum | None:
        where: Any = {"Bucket": self._task.bucket, "Key": weight.key}
        same = f'"{weight.etag}"'
        head = self._s3.head_object(**where, IfMatch=same, ChecksumMode="ENABLED")

        def first_part_size() -> int:
            return self._s3.head_object(**where, PartNumber=1)["ContentLength"]

        return checksums.known(head, first_part_size)


def _write(output: int, block: bytes, offset: int) -> None:
    while block:
        written = os.pwrite(output, block, offset)
        block, offset = block[written:], offset + written


def _until_first_failure(pool: ThreadPoolExecutor, jobs: list[Future[None]]) -> None:
    done, _ = wait(jobs, return_when=FIRST_EXCEPTION)
    pool.shutdown(wait=False, cancel_futures=True)
    for job in done:
        job.result()


def _say(line: str) -> None:
    print(line, flush=True)
