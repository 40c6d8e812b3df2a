"""What the load generator is asked to do, and what it reports: lines of JSON. Pure."""

import json
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

# The one field that every gateway passes on, and that may say anything.
OWNERS = 1_000_000


def seed(owner: int, gap: int) -> int:
    """Who asks, and how many microseconds (less than a second) are to lie between two events."""
    return OWNERS * owner + gap


def owner_and_gap(seed: int) -> tuple[int, int]:
    return divmod(seed, OWNERS)


@dataclass(frozen=True)
class Door:
    """Where requests are sent: a port of this machine, a path, and what opens it."""

    port: int
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    model: str = "bench"


@dataclass(frozen=True)
class Order:
    """One load. Without a rate each connection asks again as soon as it is answered.

    It ends after `requests` in all, or when `seconds` have passed, whichever is first; what is
    under way then may end. `stagger` spreads the connections' first requests over so many seconds.
    After `patience` seconds whatever is still open is given up and counted as failed.
    """

    door: Door
    body: Mapping[str, Any]
    connections: int = 1
    requests: int = 1_000_000_000
    seconds: float = 3600.0
    rate: float = 0.0
    stagger: float = 0.0
    patience: float = 60.0

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> "Order":
        written = json.loads(line)
        return cls(**{**written, "door": Door(**written["door"])})

    @property
    def events(self) -> int:
        """How many stamped events an answer must have."""
        return int(self.body["max_tokens"]) if self.body.get("stream") else 0

    @property
    def gap(self) -> float:
        """Seconds between two of them."""
        return int(self.body.get("seed", 0)) / 1e6

    def request(self, number: int) -> bytes:
        """The bytes of a request; `number` says whose, and comes back in every event."""
        fields = {"model": self.door.model, **self.body}
        if self.body.get("stream"):
            fields["seed"] = seed(number, int(self.body["seed"]))
        body = json.dumps(fields).encode()
        lines = [
            f"POST {self.door.path} HTTP/1.1",
            f"host: 127.0.0.1:{self.door.port}",
            "content-type: application/json",
            f"content-length: {len(body)}",
            *(f"{name}: {value}" for name, value in self.door.headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Tally:
    """What happened, as it happens. Times are microseconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    # Answers that never ended, and streams whose end was missing.
    failed: int = 0
    whole: array[int] = field(default_factory=lambda: array("q"))
    # Until the first event, less what the upstream itself waited: the way there and back.
    first: array[int] = field(default_factory=lambda: array("q"))
    # From the upstream's write to here.
    transit: array[int] = field(default_factory=lambda: array("q"))
    expected: int = 0
    received: int = 0
    # Out of order, of somebody else, or not readable.
    damaged: int = 0

    def report(self, order: Order, seconds: float) -> "Report":
        good = self.statuses[200]
        ideal = order.events * order.gap * good
        taken = sum(self.whole) / 1e6
        return Report(
            requests=good,
            failed=self.failed,
            statuses={str(status): count for status, count in self.statuses.items()},
            seconds=seconds,
            whole=percentiles(self.whole),
            first=percentiles(self.first),
            transit=percentiles(self.transit),
            events=self.received,
            lost=self.expected - self.received,
            damaged=self.damaged,
            pace=min(ideal / taken, 1.0) if ideal and taken else 0.0,
        )


@dataclass(frozen=True)
class Report:
    """The outcome of an order; `whole`, `first` and `transit` are p50, p95 and p99 in ms.

    `requests` counts answers with status 200 that ended; `pace` is the streams' ideal duration over
    their real one.
    """

    requests: int
    failed: int
    statuses: Mapping[str, int]
    seconds: float
    whole: tuple[float, float, float]
    first: tuple[float, float, float]
    transit: tuple[float, float, float]
    events: int
    lost: int
    damaged: int
    pace: float

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> "Report":
        return cls(**json.loads(line))


def percentiles(values: Sequence[int]) -> tuple[float, float, float]:
    """p50, p95 and p99 in milliseconds, by nearest rank; zeros when there is nothing."""
    ordered = sorted(values)
    if not ordered:
        return 0.0, 0.0, 0.0
    last = len(ordered) - 1
    p50, p95, p99 = (ordered[round(share * last)] / 1000 for share in (0.5, 0.95, 0.99))
    return p50, p95, p99
