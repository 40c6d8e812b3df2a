"""What was measured of one contender, and the numbers that are read from it. Pure."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.gateway.contender import Contender
from tests.bench.gateway.steps import Sample

MEGABYTE = 1024 * 1024

type Number = Callable[[Sample], float]


@dataclass(frozen=True)
class Result:
    """All samples by step, a sample a round; memory in bytes by role, after the last.

    `idle` are CPU seconds a second by role, before the first.
    """

    contender: Contender
    samples: Mapping[str, Sequence[Sample]]
    memory: Mapping[str, int]
    idle: Mapping[str, float]

    def has(self, step: str) -> bool:
        return bool(self.samples.get(step))

    def median(self, step: str, number: Number) -> float:
        return statistics.median(self._all(step, number))

    def lowest(self, step: str, number: Number) -> float:
        """The nearest to the truth of a cost: what others do on these cores only adds to it."""
        return min(self._all(step, number))

    def worst(self, step: str, number: Number) -> float:
        return max(self._all(step, number))

    def spread(self, step: str, number: Number) -> float:
        """Between the highest and the lowest round, as a share of the median."""
        numbers = self._all(step, number)
        middle = statistics.median(numbers)
        return (max(numbers) - min(numbers)) / middle if middle else 0.0

    def megabytes(self, role: str = "") -> float:
        """Of one role, or of all processes."""
        held = self.memory[role] if role else sum(self.memory.values())
        return held / MEGABYTE

    def faults(self) -> int:
        """Answers that failed or were refused, and events that were lost or damaged."""
        return sum(_faults(one) for samples in self.samples.values() for one in samples)

    def _all(self, step: str, number: Number) -> list[float]:
        return [number(sample) for sample in self.samples[step]]


def _faults(sample: Sample) -> int:
    report = sample.report
    refused = sum(count for status, count in report.statuses.items() if status != "200")
    return refused + report.failed + report.lost + report.damaged


def request_ms(role: str = "") -> Number:
    """CPU milliseconds a request, of one role or of all the contender's processes."""
    return lambda sample: 1e3 * sample.seconds(role) / max(sample.report.requests, 1)


def chunk_us(role: str = "") -> Number:
    """CPU microseconds a streamed event; its share of what the request cost is included."""
    return lambda sample: 1e6 * sample.seconds(role) / max(sample.report.events, 1)


def whole_ms(percentile: int) -> Number:
    """From the request to the end of its answer."""
    return lambda sample: sample.report.whole[PERCENTILES[percentile]]


def first_ms(sample: Sample) -> float:
    """Until the first token, without what the upstream waited: p50."""
    return sample.report.first[0]


def transit_ms(percentile: int) -> Number:
    """From the upstream's write of an event to its arrival."""
    return lambda sample: sample.report.transit[PERCENTILES[percentile]]


def pace(sample: Sample) -> float:
    """The streams' ideal duration over their real one."""
    return sample.report.pace


def faults(sample: Sample) -> float:
    return float(_faults(sample))


def busy(sample: Sample) -> float:
    """How much of a core the contender had."""
    return sample.seconds() / sample.report.seconds


def load_average(sample: Sample) -> float:
    return sample.load_average


PERCENTILES = {50: 0, 95: 1, 99: 2}
