"""What one edge worker counts. Hot: plain dictionaries and lists, nothing is locked or formatted.

Models are those of the registry; every other name a caller thinks of is counted as `unknown`, so
that nobody can make series without end. A worker is single-threaded: so is this.
"""

from bisect import bisect_left
from collections.abc import Container, Sequence

from gateway.metrics import catalogue
from gateway.metrics.catalogue import BEYOND, SUM, Totals
from gateway.tracing.context import Attempt
from gateway.usage.record import Record

UNKNOWN = "unknown"
OTHER = "other"
MOST_MODELS = 500
# Statuses, causes and codes are ours or the upstreams'; these bound what a mad one may add.
MOST_LABELS = 100
FAILED = 500
BUSY = 429


class Histogram:
    """Counts by bucket, the last one for what is beyond every bound, and the sum. In seconds."""

    __slots__ = ("bounds", "counts", "sum")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        # A bound belongs to the bucket below it, as Prometheus' `le` says.
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.sum += seconds


class Series:
    """What is counted of one model."""

    __slots__ = (
        "answers",
        "duration",
        "fallbacks",
        "failures",
        "first",
        "grounded",
        "per",
        "retries",
        "tokens",
    )

    def __init__(self) -> None:
        self.answers: dict[tuple[str, int], int] = {}
        self.tokens = [0, 0, 0]
        self.duration = Histogram(catalogue.DURATION_BOUNDS)
        self.first = Histogram(catalogue.FIRST_TOKEN_BOUNDS)
        self.per = Histogram(catalogue.PER_TOKEN_BOUNDS)
        self.grounded = 0
        self.retries = 0
        self.fallbacks = 0
        self.failures: dict[str, int] = {}


class Counters:
    """`in_flight` is the edge's to move: up when a request comes, down when it has ended."""

    def __init__(self) -> None:
        self.in_flight = 0
        self.untold_traces = 0
        self._models: dict[str, Series] = {}
        self._refusals: dict[str, int] = {}

    def ended(self, record: Record, attempts: Sequence[Attempt], known: Container[str]) -> None:
        """Count a finished request and its upstream attempts. `known` holds the registry's ids."""
        series = self._models.get(record.model) or self._admit(record.model, known)
        answer = record.operation, record.status
        answers = series.answers
        if answer in answers:
            answers[answer] += 1
        else:
            answers[answer if len(answers) < MOST_LABELS else (OTHER, record.status)] = 1
        seconds = record.milliseconds / 1000
        series.duration.add(seconds)
        tokens, made = record.tokens, record.tokens.completion
        if tokens.prompt or made:
            counted = series.tokens
            counted[0] += tokens.prompt or 0
            counted[1] += made or 0
            counted[2] += tokens.cached or 0
        if record.first_token is not None:
            first = record.first_token / 1000
            series.first.add(first)
            if made and made > 1:
                series.per.add((seconds - first) / (made - 1))
        if record.passages is not None:
            series.grounded += 1
        if len(attempts) != 1 or attempts[0].cause or attempts[0].status >= BUSY:
            _upstreams(series, record, attempts)

    def refused(self, code: str) -> None:
        """Count an answer of the gateway's own; `code` is the one of OpenAI's error object."""
        _one_more(self._refusals, code)

    def totals(self) -> Totals:
        """Everything counted so far, without what is zero. Not hot: once a second."""
        totals: Totals = {}
        for model, series in self._models.items():
            _describe(totals, model, series)
        for code, count in self._refusals.items():
            totals[catalogue.REFUSALS, code] = count
        if self.untold_traces:
            totals[catalogue.TRACES, "dropped"] = self.untold_traces
        return totals

    def _admit(self, model: str, known: Container[str]) -> Series:
        if model not in known or len(self._models) >= MOST_MODELS:
            model = UNKNOWN
        return self._models.setdefault(model, Series())


def _upstreams(series: Series, record: Record, attempts: Sequence[Attempt]) -> None:
    """The attempts of a request that did not simply go well."""
    series.retries += max(0, len(attempts) - 1)
    series.fallbacks += bool(record.served) and record.served != record.model
    for attempt in attempts:
        if attempt.cause:
            _one_more(series.failures, attempt.cause)
        elif attempt.status >= FAILED or attempt.status == BUSY:
            _one_more(series.failures, str(attempt.status))


def _one_more(counts: dict[str, int], label: str) -> None:
    if label not in counts and len(counts) >= MOST_LABELS:
        label = OTHER
    counts[label] = counts.get(label, 0) + 1


def _describe(totals: Totals, model: str, series: Series) -> None:
    for (operation, status), count in series.answers.items():
        totals[catalogue.REQUESTS, model, operation, str(status)] = count
    for kind, count in zip(("prompt", "completion", "cached"), series.tokens, strict=True):
        if count:
            totals[catalogue.TOKENS, model, kind] = count
    for name, histogram in (
        (catalogue.DURATION, series.duration),
        (catalogue.FIRST_TOKEN, series.first),
        (catalogue.PER_TOKEN, series.per),
    ):
        _buckets(totals, name, model, histogram)
    for name, count in (
        (catalogue.GROUNDED, series.grounded),
        (catalogue.RETRIES, series.retries),
        (catalogue.FALLBACKS, series.fallbacks),
    ):
        if count:
            totals[name, model] = count
    for cause, count in series.failures.items():
        totals[catalogue.FAILURES, model, cause] = count


def _buckets(totals: Totals, name: str, model: str, histogram: Histogram) -> None:
    for bound, count in zip((*histogram.bounds, BEYOND), histogram.counts, strict=True):
        if count:
            totals[name, model, str(bound)] = count
    if histogram.sum:
        totals[name, model, SUM] = histogram.sum
