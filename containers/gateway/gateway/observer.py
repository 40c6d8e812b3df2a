"""What an edge worker tells of each request: counts, one line of the log, a trace now and then."""

from collections.abc import Container
from pathlib import Path

from gateway.log import access_line, put
from gateway.metrics.counters import Counters
from gateway.metrics.sharing import Publisher
from gateway.observation import OFF, Observation
from gateway.tracing.context import MOST_PER_SECOND, Headers, Sampler, Trace, begin
from gateway.tracing.handover import Giver
from gateway.usage.record import Record


class Observer:
    """One for each worker. `begin` and `ended` are hot, and come in pairs."""

    def __init__(self, observation: Observation, state: Path) -> None:
        traced = observation.traces != OFF
        self.counters = Counters()
        self._sampler = Sampler(observation.sample, MOST_PER_SECOND if traced else 0)
        self._giver = Giver(state) if traced else None
        self._publisher = Publisher(state / "metrics", self.counters)

    def begin(self, headers: Headers, at: float, began: float) -> Trace:
        """A request has come, `at` Unix seconds and `began` those of time.perf_counter."""
        self.counters.in_flight += 1
        return begin(headers, self._sampler, at, began)

    def ended(self, record: Record, trace: Trace, known: Container[str]) -> None:
        """Its answer has ended, however. `known` holds the ids of the registry's models."""
        counters = self.counters
        counters.in_flight -= 1
        counters.ended(record, trace.attempts, known)
        put(access_line(record, trace))
        if trace.recorded and self._giver and not self._giver.give(record, trace):
            counters.untold_traces += 1

    async def keep_publishing(self) -> None:
        """The chore that shows the counts to the process that tells them."""
        await self._publisher.keep_publishing()
