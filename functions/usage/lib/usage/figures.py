"""Numbers that add up: counts, tokens, and times in a histogram that gives percentiles. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import TypedDict

from usage.record import Record

# Upper ends in milliseconds, each twice the one before, so a percentile is off by a third at most;
# one more bin takes what is longer.
BOUNDS: tuple[int, ...] = tuple(25 << power for power in range(15))
TOTAL, FIRST = "total", "first"
PERCENTILES = (0.50, 0.95, 0.99)

type Figures = Counter[str]


def figures(record: Record) -> Figures:
    """The figures of one request; `total7` is the bin of its time, `first2` of its first token's.

    A request that succeeded and told no tokens is `unmetered`: a hint that totals are too low.
    """
    failed = record.status >= 400
    counted = Counter(
        requests=1,
        failures=int(failed),
        unmetered=int(not failed and record.prompt is None and record.completion is None),
        prompt=record.prompt or 0,
        completion=record.completion or 0,
        cached=record.cached or 0,
    )
    _time(counted, TOTAL, record.milliseconds)
    if record.first_token is not None:
        _time(counted, FIRST, record.first_token)
    return counted


def _time(counted: Figures, kind: str, milliseconds: float) -> None:
    counted[f"{kind}Sum"] += round(milliseconds)
    counted[f"{kind}{bisect_left(BOUNDS, milliseconds)}"] += 1


class Times(TypedDict):
    """How long requests took, in milliseconds; null where there were none."""

    mean: int | None
    p50: int | None
    p95: int | None
    p99: int | None


class FiguresView(TypedDict):
    """Counts of requests and tokens, and times to the end and to the first token."""

    requests: int
    failures: int
    unmetered: int
    promptTokens: int
    completionTokens: int
    cachedTokens: int
    totalTokens: int
    latency: Times
    firstToken: Times


def view(counted: Mapping[str, int]) -> FiguresView:
    """Figures as people read them. Times are in milliseconds, None where there was nothing."""
    prompt, completion = counted.get("prompt", 0), counted.get("completion", 0)
    return {
        "requests": counted.get("requests", 0),
        "failures": counted.get("failures", 0),
        "unmetered": counted.get("unmetered", 0),
        "promptTokens": prompt,
        "completionTokens": completion,
        "cachedTokens": counted.get("cached", 0),
        "totalTokens": prompt + completion,
        "latency": _times(counted, TOTAL),
        "firstToken": _times(counted, FIRST),
    }


def _times(counted: Mapping[str, int], kind: str) -> Times:
    bins = [counted.get(f"{kind}{number}", 0) for number in range(len(BOUNDS) + 1)]
    count = sum(bins)
    mean = round(counted.get(f"{kind}Sum", 0) / count) if count else None
    p50, p95, p99 = (percentile(bins, part) for part in PERCENTILES)
    return {"mean": mean, "p50": p50, "p95": p95, "p99": p99}


def percentile(bins: list[int], part: float) -> int | None:
    """The time below which this part of the requests stayed, as if each bin were evenly filled."""
    wanted = part * sum(bins)
    if not wanted:
        return None
    below = 0
    for number, count in enumerate(bins):
        if count and below + count >= wanted:
            lower = BOUNDS[number - 1] if number else 0
            # Of what is longer than all bounds, the last bound is all that is known.
            upper = BOUNDS[min(number, len(BOUNDS) - 1)]
            return int(round(lower + (upper - lower) * (wanted - below) / count))
        below += count
    return None
