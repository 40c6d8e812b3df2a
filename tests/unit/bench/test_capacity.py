"""From people to machines: what must hold whatever the numbers are."""

import pytest

from tests.bench.capacity import sizing
from tests.bench.capacity.things import THINGS

MEASURED = {name: {"functions": 10.0, "gateway": 1.0, "database": 0.0} for name in THINGS}
PRICES = {
    "apiRequest": 1.0,
    "lambdaRequest": 0.0,
    "lambdaGigabyteSecond": 0.0,
    "writeUnit": 0.0,
    "readUnit": 0.0,
    "transition": 0.0,
    "queueRequest": 0.0,
}


def test_every_thing_that_people_do_has_a_cost() -> None:
    assert sizing.HABITS.keys() == THINGS.keys()


def test_a_function_with_less_than_a_core_is_billed_longer() -> None:
    thing = THINGS["chat turn"]
    share = thing.memory / sizing.LAMBDA_CORE
    billed = sizing.function_seconds("chat turn", MEASURED)
    assert billed == pytest.approx(0.010 / share + thing.waits * sizing.WAIT)


def test_a_thing_costs_what_is_billed_for_its_parts() -> None:
    assert sizing.price_of("console page", MEASURED, PRICES) == THINGS["console page"].api_calls


def test_streams_at_once_are_arrivals_times_their_length() -> None:
    busiest = sizing.peak(100_000)
    length = sizing.ANSWER / sizing.TOKENS_A_SECOND
    assert busiest.streams == pytest.approx(busiest.requests * length)


def test_there_is_always_a_gateway_that_may_fail_and_half_a_core_free() -> None:
    assert sizing.gateways(1) == 2
    many = 1_000_000
    assert sizing.gateways(many) >= 2 * sizing.gateway_cores(many)
