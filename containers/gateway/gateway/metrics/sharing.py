"""How workers' counts reach the process that tells them: one small file for each worker.

A file is named after its worker, replaced as a whole once a second, and left behind by a worker
that dies. What the dead have counted is kept in one more file, so that no counter ever goes back.
"""

import asyncio
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from gateway.metrics.catalogue import REFUSALS, RESTARTS, TRACES, Totals
from gateway.metrics.counters import MOST_MODELS, UNKNOWN, Counters
from gateway.metrics.processes import alive, birth

PUBLISH_SECONDS = 1.0
RETIRED = "retired.json"
LARGEST_BYTES = 16 * 1024 * 1024
WITHOUT_MODEL = frozenset({REFUSALS, RESTARTS, TRACES})


class Publisher:
    """A worker's own file, and the chore that keeps it new."""

    def __init__(self, folder: Path, counters: Counters) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        pid = os.getpid()
        self._path = folder / f"{pid}-{birth(pid)}.json"
        self._counters = counters

    async def keep_publishing(self) -> None:
        try:
            while True:
                self.publish()
                await asyncio.sleep(PUBLISH_SECONDS)
        finally:
            self.publish()

    def publish(self) -> None:
        write(self._path, self._counters.totals(), in_flight=self._counters.in_flight)


@dataclass
class Counted:
    """What all workers together have counted, and what they are busy with now."""

    totals: Totals
    in_flight: int = 0


class Pool:
    """Reads the workers' files. Only one process may have it: it tidies the folder up."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        kept = read(folder / RETIRED)
        self._retired: Totals = totals_of(kept)
        # Counted in already, by a predecessor that died before it could remove them.
        for name in kept.get("files", ()):
            (folder / Path(name).name).unlink(missing_ok=True)

    def read(self) -> Counted:
        """The sum over the living and the dead."""
        counted = Counted({})
        dead: list[Path] = []
        for path in sorted(self._folder.glob("*-*.json")):
            # Asked first: what the file of a dead worker says then is its last word.
            lives = alive(*_worker(path))
            document = read(path)
            totals = totals_of(document)
            if lives:
                add(counted.totals, totals)
                counted.in_flight += int(document.get("in_flight", 0))
            else:
                add(self._retired, totals)
                dead.append(path)
        if dead:
            self._retire(dead)
        add(counted.totals, self._retired)
        return counted

    def _retire(self, dead: Iterable[Path]) -> None:
        write(self._folder / RETIRED, self._retired, files=[path.name for path in dead])
        for path in dead:
            path.unlink(missing_ok=True)


def add(sums: Totals, more: Totals) -> None:
    """Add `more` to `sums`. Models beyond the most that are kept apart become `unknown`."""
    models = {key[1] for key in sums if key[0] not in WITHOUT_MODEL}
    for key, count in more.items():
        if key[0] not in WITHOUT_MODEL and key[1] not in models:
            if len(models) >= MOST_MODELS:
                key = (key[0], UNKNOWN, *key[2:])
            models.add(key[1])
        sums[key] = sums.get(key, 0) + count


def write(path: Path, totals: Totals, **more: object) -> None:
    """Replace the file as a whole: its readers see the old one or the new one."""
    draft = path.with_suffix(".draft")
    draft.write_bytes(
        orjson.dumps({"totals": [[*key, count] for key, count in totals.items()]} | more)
    )
    draft.replace(path)


def read(path: Path) -> dict[str, Any]:
    """The document of a file; empty for none, or for one of another version of this program."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            return {}
        document = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    return document if isinstance(document, dict) else {}


def totals_of(document: Mapping[str, Any]) -> Totals:
    """The counts in a file of this module."""
    return {tuple(key): count for *key, count in document.get("totals", ())}


def _worker(path: Path) -> tuple[int, int]:
    pid, _, born = path.stem.partition("-")
    return int(pid), int(born)
