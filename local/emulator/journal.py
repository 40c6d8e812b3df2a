"""Every change of a DynamoDB item is on disk before it is answered.

Saving whole tables takes too long to do it per change. So each change is appended to a journal,
and saved tables name the first journal file that they do not contain.
"""

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ministack.core import responses
from ministack.services import dynamodb

WRITERS = (
    "_put_item",
    "_update_item",
    "_delete_item",
    "_batch_write_item",
    "_transact_write_items",
    "_execute_statement",
    "_batch_execute_statement",
    "_execute_transaction",
    "_create_table",
    "_update_table",
    "_delete_table",
    "_update_ttl",
)

_originals = {name: getattr(dynamodb, name) for name in WRITERS}


class Journal:
    """Numbered files of changes in the order in which they happened."""

    def __init__(self, folder: Path) -> None:
        self.lock = threading.RLock()  # held while tables change and while they are copied
        self._folder = folder
        self._number = max(self._numbers(), default=0) + 1
        self._file: int | None = None
        self.size = 0

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self._folder.glob("*.jsonl"))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.jsonl"

    def append(self, change: dict[str, Any]) -> None:
        """Put one change on disk."""
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._file = os.open(self._path(self._number), flags, 0o600)
        self.size += os.write(self._file, json.dumps(change).encode() + b"\n")

    def next_file(self) -> int:
        """Begin a new file; changes from here on are not in the tables saved now."""
        if not self.size:
            return self._number
        if self._file is not None:
            os.close(self._file)
        self._file, self.size = None, 0
        self._number += 1
        return self._number

    def drop_before(self, number: int) -> None:
        """Forget changes that saved tables contain."""
        for old in self._numbers():
            if old < number:
                self._path(old).unlink()

    def clear(self) -> None:
        """Forget all changes."""
        self.drop_before(self.next_file())

    def changes_since(self, number: int) -> Iterator[dict[str, Any]]:
        """What the saved tables lack; a line that a kill cut off was never answered."""
        for found in self._numbers():
            if found >= number:
                for line in self._path(found).read_text().splitlines():
                    if line.endswith("}"):
                        yield json.loads(line)


def _recorded(name: str, journal: Journal) -> Callable[[Any], Any]:
    write = _originals[name]

    def recorded(data: Any) -> Any:
        with journal.lock:
            change = {"writer": name, "data": json.loads(json.dumps(data))}
            answer = write(data)
            if answer[0] == 200:
                scope = {"account": responses.get_account_id(), "region": responses.get_region()}
                journal.append(change | scope)
            return answer

    return recorded


def record(journal: Journal) -> None:
    """Write each successful change of a table to the journal before it is answered."""
    for name in WRITERS:
        setattr(dynamodb, name, _recorded(name, journal))


def replay(changes: Iterator[dict[str, Any]]) -> None:
    """Do the changes again, in their order."""
    for change in changes:
        responses.set_request_account_id(change["account"])
        responses.set_request_region(change["region"])
        _originals[change["writer"]](change["data"])
