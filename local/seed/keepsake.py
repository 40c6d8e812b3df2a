"""Secrets made at the first run and kept beside the data they open."""

from collections.abc import Callable
from pathlib import Path

from local.supervisor.state import read_json, write_json


class Keepsake:
    """A file of generated values that only its owner may read."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def once(self, name: str, make: Callable[[], str]) -> str:
        """The value of an earlier run, else a new one."""
        kept = read_json(self._file)
        if name not in kept:
            kept[name] = make()
            write_json(self._file, kept)
        return str(kept[name])
