"""From people to machines and dollars. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.bench.capacity.things import THINGS, Thing

HOURS = 730  # of a month
DAYS = 21  # of work in a month
PEAK = 0.15  # of a day's work is done in its busiest hour
LAMBDA_CORE = 1769  # MB with which a function is given one core
WAIT = 0.006  # seconds of a round trip to another AWS service
ANSWER = 400  # tokens
TOKENS_A_SECOND = 50  # of one answer, as it is read
TURN_BYTES = 4_000  # of a question, its answer and their rows
MONTHS_KEPT = 12

# A core's work as `make bench-gateway` measures it; half of a core is left free.
REQUEST_SECONDS = 125e-6
CHUNK_SECONDS = 32e-6
FREE = 0.5

# What nobody measured here, for there is no GPU: yours to put in its place.
GPU = "g6e.xlarge"
GPU_TOKENS_A_SECOND = 1_000

# What one person does on a working day.
HABITS: Mapping[str, float] = {
    "chat turn": 20,
    "search": 1,
    "question to documents": 5,
    "document of a page": 0.5,
    "console page": 0.1,
}

type Prices = Mapping[str, Any]
type Measured = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Peak:
    """The busiest hour: requests of the gateway and chunks a second, answers under way at once."""

    requests: float
    chunks: float
    streams: float


def peak(people: int) -> Peak:
    asked = HABITS["chat turn"] + HABITS["question to documents"]
    a_second = people * asked * PEAK / 3600
    chunks = a_second * ANSWER
    return Peak(a_second, chunks, chunks / TOKENS_A_SECOND)


def gateway_cores(people: int) -> float:
    """Cores that are busy in the busiest hour."""
    busy = peak(people)
    return busy.requests * REQUEST_SECONDS + busy.chunks * CHUNK_SECONDS


def gateways(people: int) -> int:
    """Tasks of one core: two at least, so that one may fail."""
    return max(2, math.ceil(gateway_cores(people) / (1 - FREE)))


def gpus(people: int) -> int:
    """One at least; a model that must not fail has two."""
    return max(1, math.ceil(peak(people).chunks / GPU_TOKENS_A_SECOND))


def database(people: int) -> str:
    """The smallest that its work leaves half free."""
    return (
        "db.t4g.medium"
        if people <= 100
        else "db.r6g.large"
        if people <= 10_000
        else "db.r6g.4xlarge"
    )


def function_seconds(name: str, measured: Measured) -> float:
    """How long functions are billed for one thing: its CPU at their share of a core, and waits."""
    thing = THINGS[name]
    cpu = measured[name]["functions"] / 1e3
    return cpu * max(1.0, LAMBDA_CORE / thing.memory) + thing.waits * WAIT


def price_of(name: str, measured: Measured, prices: Prices) -> float:
    """Dollars that one thing costs beyond what stands there anyway."""
    thing: Thing = THINGS[name]
    gigabytes = thing.memory / 1024
    return float(
        thing.api_calls * prices["apiRequest"]
        + thing.invocations * prices["lambdaRequest"]
        + function_seconds(name, measured) * gigabytes * prices["lambdaGigabyteSecond"]
        + thing.writes * prices["writeUnit"]
        + thing.reads * prices["readUnit"]
        + thing.transitions * prices["transition"]
        + thing.queue_requests * prices["queueRequest"]
    )


def monthly(people: int, measured: Measured, prices: Prices) -> Mapping[str, float]:
    """Dollars a month, by what is paid for; the GPUs are the caller's to add."""
    done = {name: people * often * DAYS for name, often in HABITS.items()}
    task = prices["fargateCpuHour"] + 4 * prices["fargateGigabyteHour"]
    kept = done["chat turn"] * TURN_BYTES / 1e9 * MONTHS_KEPT
    return {
        "what people do": sum(
            number * price_of(name, measured, prices) for name, number in done.items()
        ),
        "gateways": gateways(people) * task * HOURS,
        "balancer": prices["balancerHour"] * HOURS,
        "history of a year": kept * prices["tableGigabyteMonth"],
        "database": prices["databaseHour"][database(people)] * HOURS,
    }
