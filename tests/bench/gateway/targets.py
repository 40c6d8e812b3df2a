"""What the gateway promises, line by line, and whether this run kept it. Pure.

Costs are those of the best round: neighbours on the cores make a round dearer, never cheaper.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.gateway.ours import EDGE, LANE
from tests.bench.gateway.results import (
    Result,
    chunk_us,
    faults,
    first_ms,
    pace,
    request_ms,
)

# What shared cores add to CPU time by turns, through their caches.
NOISE = 0.15


@dataclass(frozen=True)
class Target:
    """`measured` may be `limit` at most, or at least if `least`; `margin` is what noise may add."""

    text: str
    measured: float
    limit: float
    margin: float
    least: bool = False

    @property
    def kept(self) -> bool:
        return self._within(0.0)

    @property
    def missed(self) -> bool:
        """By more than noise can explain."""
        return not self._within(self.margin)

    def _within(self, margin: float) -> bool:
        if self.least:
            return self.measured >= self.limit - margin
        return self.measured <= self.limit + margin

    def __str__(self) -> str:
        verdict = "PASS" if self.kept else "FAIL" if self.missed else "NEAR"
        sign = ">=" if self.least else "<="
        promised = f"{sign} {self.limit:g}, noise {self.margin:g}"
        return f"{verdict}  {self.text}: {self.measured:.2f} ({promised})"


def targets(by_name: Mapping[str, Result]) -> list[Target]:
    """Those that can be judged with the contenders of this run."""
    if "ours" not in by_name:
        return []
    return [*_alone(by_name["ours"]), *_beside(by_name), *_lane(by_name)]


def _alone(ours: Result) -> Iterator[Target]:
    cpu, chunk = ours.lowest("requests", request_ms()), ours.lowest("paced", chunk_us())
    yield Target("CPU ms a request", cpu, 0.25, 0.25 * NOISE)
    yield Target("CPU us a streamed chunk", chunk, 60.0, 60.0 * NOISE)
    yield Target("frames lost or damaged of 300 streams", ours.worst("many", faults), 0, 0)
    kept = ours.median("many", pace)
    yield Target("pace of 300 streams of 50 tokens/s", kept, 0.98, 0.03, True)
    yield Target("MB of an edge worker", ours.megabytes(EDGE), 50.0, 0.0)


def _beside(by_name: Mapping[str, Result]) -> Iterator[Target]:
    ours = by_name["ours"]
    if "litellm" in by_name:
        theirs = by_name["litellm"].lowest("requests", request_ms())
        times = theirs / ours.lowest("requests", request_ms())
        yield Target("times less CPU a request than LiteLLM", times, 30.0, 30.0 * NOISE, True)
    if "direct" in by_name:
        added = ours.lowest("first", first_ms) - by_name["direct"].lowest("first", first_ms)
        yield Target("ms added to the first token", added, 1.0, 0.5)


def _lane(by_name: Mapping[str, Result]) -> Iterator[Target]:
    if "lane" not in by_name or "router" not in by_name:
        return
    lane, router = by_name["lane"], by_name["router"]
    asked = lane.lowest("requests", request_ms(LANE)) / router.lowest("requests", request_ms())
    told = lane.lowest("paced", chunk_us(LANE)) / router.lowest("paced", chunk_us())
    yield Target("lane over litellm.Router, a request", asked, 1.1, 1.1 * NOISE)
    yield Target("lane over litellm.Router, a chunk", told, 1.1, 1.1 * NOISE)
