"""The answer to a question: the sum of what was read, and its rows by what was asked. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from usage.booking import Row
from usage.figures import Figures, view
from usage.question import Question

MOST_ROWS = 1000


def report(question: Question, found: Iterable[Row]) -> dict[str, Any]:
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
        "rows": [{question.by: name, **view(by[name])} for name in order[:MOST_ROWS]],
        "omitted": max(0, len(order) - MOST_ROWS),
    }


def _rank(name: str, by: dict[str, Figures]) -> tuple[int, int, str]:
    return -by[name]["prompt"] - by[name]["completion"], -by[name]["requests"], name
