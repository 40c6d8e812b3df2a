"""Figures of requests: they add up, and their histograms give percentiles."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.usage_world import record
from usage.figures import BOUNDS, figures, percentile, view


def seen(*changes: dict[str, Any]) -> dict[str, Any]:
    total: Counter[str] = Counter()
    for change in changes:
        total.update(figures(record(**change)))
    return dict(view(total))


def test_requests_and_tokens_are_summed_up() -> None:
    summed = seen({}, {"prompt": 5, "completion": None, "cached": None}, {"status": 429})
    assert (summed["requests"], summed["failures"]) == (3, 1)
    assert summed["promptTokens"] == 30 + 5 + 30
    assert summed["completionTokens"] == 7 + 7
    assert summed["cachedTokens"] == 12 + 12
    assert summed["totalTokens"] == 65 + 14


@pytest.mark.parametrize(
    ("changes", "unmetered"),
    [
        ({}, 0),
        ({"completion": None}, 0),
        ({"prompt": None, "completion": None}, 1),
        ({"prompt": None, "completion": None, "status": 503}, 0),
        ({"prompt": 0, "completion": 0}, 0),
    ],
)
def test_an_answer_that_told_no_tokens_is_counted_as_such(
    changes: dict[str, Any], unmetered: int
) -> None:
    assert seen(changes)["unmetered"] == unmetered


def test_times_have_a_mean_and_percentiles() -> None:
    summed = seen({"milliseconds": 90.0, "firstToken": 10.0}, {"milliseconds": 110.0})
    assert summed["latency"] == {"mean": 100, "p50": 100, "p95": 190, "p99": 198}
    assert summed["firstToken"] == {"mean": 10, "p50": 12, "p95": 24, "p99": 25}


def test_where_nothing_was_there_are_no_times() -> None:
    assert view({})["latency"] == {"mean": None, "p50": None, "p95": None, "p99": None}
    assert view({})["requests"] == 0


def test_a_time_beyond_all_bounds_is_in_the_last_bin() -> None:
    assert seen({"milliseconds": 10_000_000.0})["latency"]["p50"] == BOUNDS[-1]


@settings(deadline=None)
@given(
    times=st.lists(st.floats(0, BOUNDS[-1]), min_size=1, max_size=100),
    part=st.sampled_from([0.5, 0.95, 0.99]),
)
def test_a_percentile_is_in_the_bin_of_the_true_one(times: list[float], part: float) -> None:
    total: Counter[str] = Counter()
    for time in times:
        total.update(figures(record(milliseconds=time)))
    bins = [total[f"total{number}"] for number in range(len(BOUNDS) + 1)]
    true = sorted(times)[max(0, -(-round(part * len(times) * 1e9) // 10**9) - 1)]
    upper = next(bound for bound in BOUNDS if true <= bound)
    found = percentile(bins, part)
    assert found is not None
    assert upper // 2 <= found <= upper or (upper == BOUNDS[0] and found <= upper)
