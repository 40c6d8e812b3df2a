"""The table that people read, in Markdown: a line per contender, medians over its rounds."""

from collections.abc import Callable, Mapping, Sequence

from tests.bench.gateway.results import (
    Number,
    Result,
    busy,
    chunk_us,
    first_ms,
    load_average,
    pace,
    request_ms,
    transit_ms,
    whole_ms,
)
from tests.bench.gateway.steps import GAP

BASELINE = "litellm"
NOTHING = "-"

type Cell = Callable[[Result, Result | None], str]


def table(results: Sequence[Result], missing: Mapping[str, str]) -> str:
    """Also says who is missing and why."""
    baseline = next((one for one in results if one.contender.name == BASELINE), None)
    rows = [list(COLUMNS)]
    rows += [[cell(one, baseline) for cell in COLUMNS.values()] for one in results]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(["-" * width for width in widths], widths))
    lines += [f"{name} is missing: {reason}" for name, reason in missing.items()]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _name(result: Result, _: Result | None) -> str:
    return f"{result.contender.name} {result.contender.version}".strip()


def _cell(step: str, number: Number, digits: int) -> Cell:
    def cell(result: Result, _: Result | None) -> str:
        return f"{result.median(step, number):.{digits}f}" if result.has(step) else NOTHING

    return cell


def _compared(step: str, number: Number, digits: int) -> Cell:
    """The number, its spread over the rounds, and how many times LiteLLM's it goes into."""
    plain = _cell(step, number, digits)

    def cell(result: Result, baseline: Result | None) -> str:
        text = f"{plain(result, None)} ±{50 * result.spread(step, number):.0f} %"
        if baseline is None or not baseline.has(step) or result is baseline:
            return text
        times = baseline.median(step, number) / result.median(step, number)
        return f"{text}, {times:.1f}x"

    return cell


def _a_core(step: str, cost: Callable[[Result], float]) -> Cell:
    return lambda result, _: f"{1 / cost(result):.0f}" if result.has(step) else NOTHING


def _idle(result: Result, _: Result | None) -> str:
    return f"{1e3 * sum(result.idle.values()):.1f}"


def _memory(result: Result, _: Result | None) -> str:
    return f"{result.megabytes():.0f}"


def _faults(result: Result, _: Result | None) -> str:
    return str(result.faults())


COLUMNS: Mapping[str, Cell] = {
    "": _name,
    "CPU ms/request": _compared("requests", request_ms(), 3),
    "requests/s/core": _a_core("requests", lambda one: one.median("requests", request_ms()) / 1e3),
    "p50 ms": _cell("alone", whole_ms(50), 2),
    "CPU us/chunk": _compared("paced", chunk_us(), 1),
    "back to back": _cell("bulk", chunk_us(), 1),
    "streams/core": _a_core("paced", lambda one: one.median("paced", chunk_us()) / GAP),
    "first token ms": _cell("first", first_ms, 2),
    "300 streams: pace": _cell("many", pace, 3),
    "p95 ms": _cell("many", transit_ms(95), 1),
    "core": _cell("many", busy, 2),
    "50/s: p50": _cell("open", whole_ms(50), 2),
    "p99": _cell("open", whole_ms(99), 1),
    "idle CPU ms/s": _idle,
    "MB": _memory,
    "faults": _faults,
    "load": _cell("requests", load_average, 1),
}
