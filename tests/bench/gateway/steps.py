"""The loads that every contender carries, and what one of them showed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.bench.gateway.contender import QUESTION, Contender, Load
from tests.bench.gateway.measured import cpu_seconds, difference, load_average
from tests.bench.gateway.orders import Door, Order, Report

NOWHERE = Door(0, "")
# 50 tokens a second, about what a model of 8 billion parameters gives one of many callers.
GAP = 20_000
# What a gateway puts off until after the answer is part of what the answer cost.
SETTLE_SECONDS = 0.5
REST_SECONDS = 5.0

# What can be asked of a gateway that spends milliseconds on a request and has one core.
LIGHT = frozenset({"requests", "alone", "paced", "bulk", "first", "open"})
# What can be asked of a loop that has no door.
ITSELF = frozenset({"requests", "paced", "bulk"})


def chat(**fields: Any) -> Mapping[str, Any]:
    return {"messages": QUESTION, **fields}


def stream(events: int, gap: int) -> Mapping[str, Any]:
    """A streamed chat; `gap` is in microseconds."""
    return chat(stream=True, max_tokens=events, seed=gap)


def paced(connections: int, events: int, over: float) -> Order:
    """So many streams at 50 tokens a second; their begins are spread over so many seconds.

    A token more than a whole number of seconds, so that no two streams keep step.
    """
    stagger = over + GAP / 1e6
    return Order(NOWHERE, stream(events, GAP), connections, connections, stagger=stagger)


@dataclass(frozen=True)
class Sample:
    """One load on one contender: the report, and CPU seconds by role."""

    report: Report
    cpu: Mapping[str, float]
    load_average: float

    def seconds(self, role: str = "") -> float:
        """CPU seconds of one role, or of all."""
        return self.cpu[role] if role else sum(self.cpu.values())


def plan(quick: bool) -> dict[str, Order]:
    """By name, in the order in which they are run; quick ones are shorter and no easier."""
    length = 1 if quick else 3
    return {
        "requests": Order(NOWHERE, chat(), connections=32, seconds=1.5 * length),
        "alone": Order(NOWHERE, chat(), seconds=1.0 * length),
        "paced": paced(connections=32, events=75 * length, over=0),
        "bulk": Order(NOWHERE, stream(500, 0), connections=8, seconds=1.0 * length),
        "first": Order(NOWHERE, stream(3, 2000), seconds=1.0 * length),
        "many": paced(connections=300, events=150 * length, over=1),
        "open": Order(NOWHERE, chat(), connections=16, rate=50, seconds=2.0 * length),
    }


def sample(
    contender: Contender, order: Order, load: Load, idle: Mapping[str, float] | None = None
) -> Sample:
    """Carry out one load; `load` is whoever does it for those that have a door.

    What the contender does anyway, `idle` in CPU seconds a second by role, is no cost of the load.
    """
    began, before = time.monotonic(), cpu_seconds(contender.pid)
    report = (contender.driver or load).carry_out(replace(order, door=contender.door))
    time.sleep(SETTLE_SECONDS)
    passed = time.monotonic() - began
    cpu = difference(before, cpu_seconds(contender.pid))
    own = {role: spent - passed * (idle or {}).get(role, 0.0) for role, spent in cpu.items()}
    return Sample(report, own, load_average())


def at_rest(contenders: Sequence[Contender]) -> dict[str, Mapping[str, float]]:
    """By name: CPU seconds a second and role of those whom nobody asks for anything."""
    time.sleep(SETTLE_SECONDS)
    before = {one.name: cpu_seconds(one.pid) for one in contenders}
    time.sleep(REST_SECONDS)
    spent = {one.name: difference(before[one.name], cpu_seconds(one.pid)) for one in contenders}
    return {
        name: {role: seconds / REST_SECONDS for role, seconds in by_role.items()}
        for name, by_role in spent.items()
    }


def warm(contender: Contender, load: Load) -> None:
    """Code paths, pools and caches as they are after a while, before anything counts."""
    for order in (
        Order(NOWHERE, chat(), connections=32, requests=300),
        Order(NOWHERE, stream(20, 1000), connections=32, requests=64),
    ):
        sample(contender, order, load)
