"""The load test's own judgement: what it calls broken, and what it calls lost time."""

import time

import pytest

from tests.bench.load.ledger import Call, Ledger
from tests.bench.load.limits import LONGEST, breaks, percentile


def calls(kind: str, *seconds: float, faults: int = 0) -> list[Call]:
    return [Call(kind, one, "503" if place < faults else "") for place, one in enumerate(seconds)]


def test_a_percentile_is_a_call_that_was_made() -> None:
    assert percentile([3.0, 1.0, 2.0], 95) == 3.0
    assert percentile([float(number) for number in range(1, 101)], 95) == 95.0


def test_five_slow_calls_of_a_hundred_are_borne_and_six_are_not() -> None:
    limit = LONGEST["search"]
    assert breaks(calls("search", *[0.1] * 95, *[limit + 1] * 5)) == []
    (said,) = breaks(calls("search", *[0.1] * 94, *[limit + 1] * 6))
    assert said == f"search: 95 % within {limit + 1:.1f} s, at most {limit:g} s is waited for"


def test_one_fault_in_a_hundred_is_borne_and_two_are_not() -> None:
    assert breaks(calls("store", *[0.1] * 100, faults=1)) == []
    (said,) = breaks(calls("store", *[0.1] * 100, faults=2))
    assert said == "store: 2 of 100 failed, the first with 503"


def test_what_is_furthest_beyond_its_limit_is_named_first() -> None:
    a_little, a_lot = LONGEST["store"] * 1.1, LONGEST["search"] * 3
    first, second = breaks(calls("store", a_little) + calls("search", a_lot))
    assert first.startswith("search")
    assert second.startswith("store")


def test_a_call_is_timed_to_where_it_has_what_it_came_for() -> None:
    ledger = Ledger()
    with ledger.timed("first token") as reached:
        reached()
        time.sleep(0.05)
        reached()
    assert ledger.calls[0].seconds < 0.05


def test_a_fault_is_noted_and_goes_on() -> None:
    ledger = Ledger()
    with pytest.raises(RuntimeError), ledger.timed("store"):
        raise RuntimeError("503 full")
    assert (ledger.calls[0].kind, ledger.calls[0].fault) == ("store", "RuntimeError('503 full')")
