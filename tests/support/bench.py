"""Contenders and reports of the benchmark, made up for the tests of what it makes of them."""

from tests.bench.gateway.contender import Contender
from tests.bench.gateway.orders import Door, Report


def contender() -> Contender:
    return Contender("ours", Door(1, "/"), pid=0)


def report(requests: int = 1, events: int = 0, refused: int = 0, **wrong: int) -> Report:
    """`wrong` are counts of `failed`, `lost` and `damaged`."""
    statuses = {"200": requests} | ({"429": refused} if refused else {})
    nothing = (0.0, 0.0, 0.0)
    return Report(
        requests=requests,
        failed=wrong.get("failed", 0),
        statuses=statuses,
        seconds=1.0,
        whole=nothing,
        first=nothing,
        transit=nothing,
        events=events,
        lost=wrong.get("lost", 0),
        damaged=wrong.get("damaged", 0),
        pace=1.0,
    )
