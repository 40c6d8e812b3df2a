"""The snapshot as a file: the parent writes it, the edge and the lane follow it.

It is also what a replica starts from while the registry cannot be read.
"""

import json
from pathlib import Path

from gateway.log import say
from gateway.snapshot import Snapshot, from_json, to_json

FOLLOW_SECONDS = 0.05

type Stamp = tuple[int, int]


def publish(path: Path, snapshot: Snapshot) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(to_json(snapshot)))
    draft.replace(path)


def seen_file(path: Path) -> Path:
    """Beside the snapshot; its time is when the registry was last read."""
    return path.with_suffix(".seen")


class Follower:
    """The newest snapshot of the file; None until there has been one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: Stamp | None = None
        self.current: Snapshot | None = None

    def refresh(self) -> bool:
        """Look at the file now; True when there is a newer snapshot."""
        stamp = self._read_stamp()
        if stamp is None or stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.current = from_json(json.loads(self._path.read_text()))
        except (ValueError, KeyError, TypeError) as error:
            # A file of another version of this program: the registry will replace it.
            say("snapshot unreadable", cause=type(error).__name__)
            return False
        return True

    def _read_stamp(self) -> Stamp | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        # A replaced file has a new inode even within the clock's resolution.
        return status.st_mtime_ns, status.st_ino
