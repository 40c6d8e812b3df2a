"""An index whose rows are seen only after a refresh, or after a while."""

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.opensearch.queries import BadQuery

type Row = Mapping[str, Any]

_IDS = itertools.count(1)


@dataclass
class FakeIndex:
    """`lag` are the seconds until what was written is seen; None waits for a refresh."""

    body: Mapping[str, Any]
    lag: float | None
    _there: set[str] = field(default_factory=set)
    _shown: dict[str, Row] = field(default_factory=dict)
    _written: list[tuple[float, str, Row | None]] = field(default_factory=list)

    def seen(self) -> list[tuple[str, Row]]:
        """The rows that a search finds now, with their ids."""
        self._show(until=time.monotonic())
        return list(self._shown.items())

    def add(self, row: Row) -> str:
        """Write a row; its fields must be in the mapping."""
        self._check(row)
        key = f"server-{next(_IDS)}"
        self._there.add(key)
        self._written.append((self._due(), key, row))
        return key

    def remove(self, key: str) -> bool:
        """Delete a row; say whether it was there."""
        if key not in self._there:
            return False
        self._there.remove(key)
        self._written.append((self._due(), key, None))
        return True

    def refresh(self) -> None:
        """Show everything that was written."""
        self._show(until=float("inf"))

    def _show(self, until: float) -> None:
        waiting = []
        for due, key, row in self._written:
            if due > until:
                waiting.append((due, key, row))
            elif row is None:
                self._shown.pop(key, None)
            else:
                self._shown[key] = row
        self._written = waiting

    def _due(self) -> float:
        return float("inf") if self.lag is None else time.monotonic() + self.lag

    def _check(self, row: Row) -> None:
        known = self.body["mappings"]["properties"]
        for name, value in row.items():
            if name not in known:
                raise BadQuery(f"mapping set to strict, dynamic introduction of [{name}]")
            if known[name]["type"] == "knn_vector" and len(value) != known[name]["dimension"]:
                raise BadQuery("Vector dimension mismatch")
