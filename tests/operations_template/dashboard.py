"""The dashboard's body: CloudWatch's JSON, a widget a line; the template fills in `${...}`.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

import json
from collections.abc import Iterator
from typing import Any

from tests.operations_template.description import Row, Widget, rows

WIDTH = 24
HEIGHT = 6
HEADING = 1


def body(states: str) -> Iterator[str]:
    """Yield the lines of the body; `states` is what ARNs of workflows begin with."""
    widgets = [json.dumps(one) for one in _widgets()]
    yield '{"widgets": ['
    for number, text in enumerate(widgets, start=1):
        yield text.replace("${States}", states) + ("," if number < len(widgets) else "")
    yield "]}"


def _widgets() -> Iterator[dict[str, Any]]:
    top = 0
    for row in rows():
        yield _place(0, top, WIDTH, HEADING) | {
            "type": "text",
            "properties": {"markdown": f"## {row.title}"},
        }
        yield from _side_by_side(row, top + HEADING)
        top += HEADING + HEIGHT


def _side_by_side(row: Row, top: int) -> Iterator[dict[str, Any]]:
    width = WIDTH // len(row.widgets)
    for number, widget in enumerate(row.widgets):
        yield _place(number * width, top, width, HEIGHT) | {
            "type": "metric",
            "properties": _properties(widget),
        }


def _place(left: int, top: int, width: int, height: int) -> dict[str, Any]:
    return {"x": left, "y": top, "width": width, "height": height}


def _properties(widget: Widget) -> dict[str, Any]:
    shown: list[Any] = [
        [metric.namespace, metric.name, *(part for pair in metric.dimensions for part in pair)]
        for metric in widget.metrics
    ]
    if widget.search:
        # Each line is called by the one dimension that tells it from the others.
        found = f"SEARCH('{{{widget.dimensions}}} {widget.search}', '{widget.statistic}', 300)"
        shown = [[{"expression": found, "id": "found"}]]
    return {
        "title": widget.title,
        "view": "timeSeries",
        "region": "${AWS::Region}",
        "stat": widget.statistic,
        "period": 300,
        "metrics": shown,
    }
