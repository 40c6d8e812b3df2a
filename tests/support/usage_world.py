"""The usage service's port in memory, which passes the suite of its AWS adapter, and builders."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from usage.booking import Row
from usage.question import Part, Question
from usage.record import Batch, Record

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp()
ONE_DAY = 86_400.0


class InMemoryLedger:
    """Every row that was added, in a list."""

    def __init__(self) -> None:
        self._batches: set[str] = set()
        self._rows: list[Row] = []

    def add(self, batch: str, rows: Sequence[Row]) -> None:
        if batch not in self._batches:
            self._batches.add(batch)
            self._rows += rows

    def read(self, question: Question, part: Part) -> Iterator[Row]:
        for row in self._rows:
            of_kind = row.names.keys() == kinds(part)
            by_key = row.names.get(part.key) == question.filters.get(part.key)
            if of_kind and (by_key or not part.key) and question.first <= row.day <= question.last:
                yield row


def kinds(part: Part) -> set[str]:
    """The names of the rows that lie in a part."""
    return {"": set(), "model": {"model"}, "user": {"user", "model"}}.get(
        part.kind, {"token", "model", "user"} if part.kind == "token" else {"group", "model"}
    )


def told(**changes: Any) -> dict[str, Any]:
    """A record as a gateway tells it."""
    usual = {
        "id": "req_1",
        "at": NOON,
        "user": "ada",
        "token": "",
        "groups": [],
        "model": "m1",
        "served": "m1",
        "operation": "chat/completions",
        "status": 200,
        "streamed": False,
        "milliseconds": 800.4,
        "firstToken": None,
        "prompt": 30,
        "completion": 7,
        "cached": 12,
    }
    return usual | changes


def record(**changes: Any) -> Record:
    return Record.model_validate(told(**changes))


def batch(*records: Record, name: str = "b1-0") -> Batch:
    return Batch(batch=name, records=list(records))
