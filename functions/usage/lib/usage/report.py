"""The answer to a question: the sum of what was read, and its rows by what was asked. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import NotRequired, TypedDict, cast

from usage.booking import Row
from usage.figures import Figures, FiguresView, view
from usage.question import By, Question

MOST_ROWS = 1000


class UsageRow(FiguresView):
    """The figures of one day, model, user, token or group: whichever was asked for."""

    day: NotRequired[str]
    model: NotRequired[str]
    user: NotRequired[str]
    token: NotRequired[str]
    group: NotRequired[str]


# `from` is a word of Python's.
UsageReport = TypedDict(
    "UsageReport",
    {
        "from": str,
        "to": str,
        "by": By,
        "filters": dict[str, str],
        "total": FiguresView,
        "rows": list[UsageRow],
        "omitted": int,
    },
)


def report(question: Question, found: Iterable[Row]) -> UsageReport:
    """Days in their order, everything else with the most tokens first.

    `omitted` says how many rows are left out when there are too many; the total has them all.
    """
    total: Figures = Counter()
    by: dict[str, Figures] = {}
    for row in found:
        if any(row.names.get(name) != value for name, value in question.filters.items()):
            continue
        name = row.day.isoformat() if question.by == "day" else row.names[question.by]
        by.setdefault(name, Counter()).update(row.figures)
        total.update(row.figures)
    order = sorted(by) if question.by == "day" else sorted(by, key=lambda name: _rank(name, by))
    return {
        "from": question.first.isoformat(),
        "to": question.last.isoformat(),
        "by": question.by,
        "filters": dict(question.filters),
        "total": view(total),
        "rows": [_row(question.by, name, by[name]) for name in order[:MOST_ROWS]],
        "omitted": max(0, len(order) - MOST_ROWS),
    }


def _row(by: By, name: str, counted: Figures) -> UsageRow:
    return cast("UsageRow", {by: name, **view(counted)})


def _rank(name: str, by: dict[str, Figures]) -> tuple[int, int, str]:
    return -by[name]["prompt"] - by[name]["completion"], -by[name]["requests"], name
