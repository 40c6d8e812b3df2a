"""The table that people read: one line per contender, medians over its rounds."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.gateway.contender import Contender
from tests.bench.gateway.steps import Sample

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Column:
    """Everything that was measured of one contender; memory is in bytes, by role."""

    contender: Contender
    samples: Mapping[str, Sequence[Sample]]
    memory: Mapping[str, int]

    def median(self, step: str, number: Callable[[Sample], float]) -> float:
        return statistics.median(number(sample) for sample in self.samples[step])

    def spread(self, step: str, number: Callable[[Sample], float]) -> tuple[float, float]:
        numbers = [number(sample) for sample in self.samples[step]]
        return min(numbers), max(numbers)


def request_ms(sample: Sample) -> float:
    """CPU milliseconds a request, of all the contender's processes."""
    return 1000 * sample.total / max(sample.report.requests, 1)


def chunk_us(sample: Sample) -> float:
    """CPU microseconds a streamed event, its share of the request included."""
    return 1e6 * sample.total / max(sample.report.events, 1)


def table(columns: Sequence[Column]) -> str:
    lines = [HEADINGS]
    lines += [row(column) for column in columns]
    return "\n".join(lines)


HEADINGS = (
    f"{'':8} {'cpu ms/req':>18} {'rps':>6} {'p50 ms':>7} {'us/chunk paced':>18} {'bulk':>6}"
    f" {'first ms':>8} {'many: pace':>10} {'p95 ms':>7} {'core':>5} {'lost':>5} {'open p50':>8}"
    f" {'p99':>6} {'MB':>5} {'bad':>4} {'load':>5}"
)


def row(column: Column) -> str:
    median = column.median
    wrong = sum(
        one.report.failed + one.report.damaged for some in column.samples.values() for one in some
    )
    return (
        f"{column.contender.name:8} {ranged(column, 'requests', request_ms, 3)}"
        f" {median('requests', lambda one: one.report.requests / one.report.seconds):6.0f}"
        f" {median('alone', lambda one: one.report.whole[0]):7.2f}"
        f" {ranged(column, 'paced', chunk_us, 1)} {median('bulk', chunk_us):6.2f}"
        f" {median('first', lambda one: one.report.first[0]):8.2f}"
        f" {median('many', lambda one: one.report.pace):10.3f}"
        f" {median('many', lambda one: one.report.transit[1]):7.2f}"
        f" {median('many', lambda one: one.total / one.report.seconds):5.2f}"
        f" {median('many', lambda one: one.report.lost):5.0f}"
        f" {median('open', lambda one: one.report.whole[0]):8.2f}"
        f" {median('open', lambda one: one.report.whole[2]):6.2f}"
        f" {sum(column.memory.values()) / MEGABYTE:5.0f} {wrong:4}"
        f" {median('requests', lambda one: one.load_average):5.1f}"
    )


def ranged(column: Column, step: str, number: Callable[[Sample], float], digits: int) -> str:
    low, high = column.spread(step, number)
    middle = column.median(step, number)
    return f"{f'{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})':>18}"
