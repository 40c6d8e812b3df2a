"""Whom an edge worker tells of each request: the log, the counts, the traces, the usage."""

import time
from collections.abc import Container

from gateway.http1.exchange import Exchange
from gateway.observer import Observer
from gateway.usage.spool import Spool
from gateway.visit import Visit


class Ledger:
    """One for each worker. Each visit is begun once and ended once."""

    def __init__(self, observer: Observer, spool: Spool | None) -> None:
        self._observer = observer
        self._spool = spool

    def begin(self, exchange: Exchange) -> Visit:
        at = time.time()
        return Visit(exchange, self._observer.begin(exchange.headers, at, time.perf_counter()), at)

    def refused(self, code: str) -> None:
        self._observer.counters.refused(code)

    def end(self, visit: Visit, models: Container[str]) -> None:
        """The visit has ended, or is about to. `models` are the registry's."""
        if visit.settled:
            return
        visit.settled = True
        record = visit.record()
        # Nobody's requests, and those for models that do not exist, use nothing.
        if self._spool and visit.model in models:
            self._spool.write(record)
        self._observer.ended(record, visit.trace, models)
