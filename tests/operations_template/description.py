"""The descriptions in operations/*.toml, read: alarms by page, widgets by row."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.operations_template.things import things
from tests.support.sources import ROOT

FOLDER = ROOT / "operations"
EACH = "${each}"


@dataclass(frozen=True)
class Metric:
    """One metric: `dimensions` may hold parameters of the template, such as `${ClusterName}`."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> "Metric":
        """Read `Namespace Name Dimension=value ...`."""
        namespace, name, *dimensions = text.split(" ")
        pairs = (one.partition("=") for one in dimensions)
        return cls(namespace, name, tuple((key, value) for key, _, value in pairs))


@dataclass(frozen=True)
class Alarm:
    """One alarm of the template; `section` is its heading in the runbook."""

    section: str
    name: str
    means: str
    metrics: tuple[Metric, ...]
    statistic: str
    seconds: int
    times: int
    operator: str
    threshold: int
    condition: str = ""


@dataclass(frozen=True)
class Page:
    """Alarms that share a template."""

    name: str
    title: str
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True)
class Widget:
    """One picture of the dashboard: lines of metrics, or of what a search finds."""

    title: str
    statistic: str
    metrics: tuple[Metric, ...]
    search: str = ""
    dimensions: str = ""


@dataclass(frozen=True)
class Row:
    """Widgets beside each other, below a heading."""

    title: str
    widgets: tuple[Widget, ...] = field(default=())


@cache
def pages() -> tuple[Page, ...]:
    """Return every page of alarms."""
    return tuple(
        Page(page["name"], page["title"], tuple(_alarms(page["alarm"])))
        for page in _read("alarms.toml")["page"]
    )


@cache
def rows() -> tuple[Row, ...]:
    """Return the dashboard's rows from above."""
    found = _read("dashboard.toml")["row"]
    return tuple(Row(row["title"], tuple(map(_widget, row["widget"]))) for row in found)


def _alarms(described: list[dict[str, Any]]) -> Iterator[Alarm]:
    for one in described:
        for each in _each(one):
            ending = f"-{each.lower()}" if each else ""
            texts = one.get("sum") or [one["metric"]]
            below = "below" in one
            yield Alarm(
                section=one["name"],
                name=one["name"] + ending,
                means=one["means"].replace(EACH, each),
                metrics=tuple(Metric.of(text.replace(EACH, each)) for text in texts),
                statistic=one["statistic"],
                seconds=one["seconds"],
                times=one["times"],
                operator="LessThanThreshold" if below else "GreaterThanThreshold",
                threshold=one["below" if below else "above"],
                condition=one.get("condition", ""),
            )


def _widget(one: dict[str, Any]) -> Widget:
    texts = [text.replace(EACH, each) for each in _each(one) for text in one.get("metrics", [])]
    metrics = tuple(map(Metric.of, texts))
    search, dimensions = one.get("search", ""), one.get("dimensions", "")
    return Widget(one["title"], one["statistic"], metrics, search, dimensions)


def _each(one: dict[str, Any]) -> tuple[str, ...]:
    return things()[one["each"]] if "each" in one else ("",)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))
