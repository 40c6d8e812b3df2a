"""The corpus of real failures: what platforms and servers say, and what it must become."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from diagnosis import (
    Evidence,
    ScalingActivity,
    ServiceEvent,
    StackEvent,
    StoppedTask,
    TargetHealth,
)

CORPUS = Path(__file__).parent.parent / "unit" / "diagnosis" / "corpus"
_KINDS: dict[str, Any] = {
    "stack_events": StackEvent,
    "stopped_tasks": StoppedTask,
    "scaling_activities": ScalingActivity,
    "service_events": ServiceEvent,
    "targets": TargetHealth,
}
# What is known of the model in every entry.
KNOWN = Evidence(
    region="eu-west-1",
    instance_type="g5.xlarge",
    log_group="lisa/models/m",
    health_path="/health",
)


class Case(NamedTuple):
    """One entry: `source` says where such a text is documented or was seen.

    `repeat` is how often it must be seen to be a cause, and `in_the_end` that it is one only
    when nobody waits any longer.
    """

    name: str
    source: str
    code: str
    words: list[str]
    evidence: dict[str, Any]
    repeat: int = 1
    in_the_end: bool = False

    def seen(self, times: int, *, over: bool = False) -> Evidence:
        """Return the evidence after its failures were seen so many times."""
        given = {name: _read(name, value, times) for name, value in self.evidence.items()}
        return replace(KNOWN, **given, timed_out_after_minutes=30 if over else None)

    @property
    def texts(self) -> list[str]:
        """Return every text of the evidence."""
        return list(_texts(self.evidence))

    @property
    def at_last(self) -> Evidence:
        """Return the evidence that makes it a cause."""
        return self.seen(self.repeat, over=self.in_the_end)


@cache
def cases() -> tuple[Case, ...]:
    """Return every entry of the corpus, named by its file and its name."""
    return tuple(
        Case(**{**entry, "name": f"{path.stem}: {entry['name']}"})
        for path in sorted(CORPUS.glob("*.json"))
        for entry in json.loads(path.read_text("utf-8"))
    )


def _read(name: str, value: Any, times: int) -> Any:
    if name not in _KINDS:
        return value
    kind = _KINDS[name]
    known = {field.name for field in fields(kind)}
    assert all(set(item) <= known for item in value), name
    return tuple(kind(**{**item, **_lines(item)}) for item in value) * times


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def _lines(item: dict[str, Any]) -> dict[str, Any]:
    return {"last_lines": tuple(item["last_lines"])} if "last_lines" in item else {}
