"""What is read from the measurements, and when a run has failed."""

import pytest

from tests.bench.gateway.orders import Door, Order, Report, owner_and_gap, percentiles, seed
from tests.bench.gateway.results import Result, chunk_us, request_ms
from tests.bench.gateway.soak import Growth, grown
from tests.bench.gateway.steps import Sample
from tests.bench.gateway.targets import Target
from tests.support.bench import contender, report


def test_percentiles_are_milliseconds_by_nearest_rank() -> None:
    assert percentiles(range(1000, 102_000, 1000)) == (51.0, 96.0, 100.0)
    assert percentiles([]) == (0.0, 0.0, 0.0)


def test_an_order_and_a_report_survive_their_line_of_json() -> None:
    order = Order(Door(1, "/v1", {"a": "b"}), {"stream": True, "max_tokens": 3}, connections=2)
    assert Order.from_json(order.to_json()) == order
    told = Report.from_json(report(requests=3).to_json())
    assert (told.requests, told.statuses) == (3, {"200": 3})


def test_a_seed_says_whose_stream_it_is_and_how_fast() -> None:
    assert owner_and_gap(seed(299, 20_000)) == (299, 20_000)


def test_a_number_is_the_median_of_its_rounds() -> None:
    rounds = [Sample(report(requests=100, events=1000), {"edge": cpu}, 0) for cpu in (1, 2, 9)]
    result = Result(contender(), {"requests": rounds}, {}, {})
    assert result.median("requests", request_ms()) == 20.0
    assert result.median("requests", chunk_us()) == 2000.0
    assert result.spread("requests", request_ms()) == 4.0


def test_one_role_of_a_gateway_can_be_told_from_all() -> None:
    one = Sample(report(requests=10), {"edge": 1.0, "lane": 3.0}, 0)
    assert request_ms("lane")(one) == 300.0
    assert request_ms()(one) == 400.0


def test_whatever_went_wrong_is_a_fault() -> None:
    wrong = report(requests=1, failed=2, lost=3, damaged=4, refused=5)
    assert Result(contender(), {"many": [Sample(wrong, {}, 0)]}, {}, {}).faults() == 14


@pytest.mark.parametrize(
    ("measured", "least", "verdict"),
    [
        (0.9, False, "PASS"),
        (1.05, False, "NEAR"),
        (1.2, False, "FAIL"),
        (1.1, True, "PASS"),
        (0.95, True, "NEAR"),
        (0.8, True, "FAIL"),
    ],
)
def test_a_target_is_missed_only_beyond_its_noise(
    measured: float, least: bool, verdict: str
) -> None:
    target = Target("x", measured, limit=1.0, margin=0.1, least=least)
    assert str(target).startswith(verdict)
    assert target.missed == (verdict == "FAIL")


def test_memory_that_is_kept_is_told_from_what_comes_and_goes() -> None:
    coming_and_going = [30.0, 42.0, 31.0, 30.0, 40.0, 30.0, 44.0, 31.0]
    kept = [held + at for at, held in enumerate(coming_and_going)]
    assert not Growth("edge", 30, grown(coming_and_going)).too_much
    assert Growth("edge", 30, grown([*kept, 60.0, 62.0])).too_much
