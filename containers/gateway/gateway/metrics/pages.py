"""The app on the internal port: `/metrics`, and nothing else."""

from collections.abc import Callable

from gateway.answering import answer
from gateway.http1.exchange import Exchange
from gateway.http1.heads import value_of
from gateway.metrics.catalogue import Totals
from gateway.metrics.exposition import OPEN_METRICS, TEXT, exposition
from gateway.payloads import dump

ASKS_OPEN_METRICS = b"application/openmetrics-text"
NOTHING_HERE = dump({"error": "NotFound", "message": "Only GET /metrics is served here."})


class Pages:
    def __init__(self, read: Callable[[], Totals]) -> None:
        """`read` tells every number of this moment; it may take some milliseconds."""
        self._read = read

    async def __call__(self, exchange: Exchange) -> None:
        if (exchange.method, exchange.path) != ("GET", "/metrics"):
            return answer(exchange, 404, NOTHING_HERE)
        wanted = ASKS_OPEN_METRICS in (value_of(exchange.headers, b"accept") or b"")
        kind = (b"content-type", OPEN_METRICS if wanted else TEXT)
        answer(exchange, 200, exposition(self._read(), wanted), [kind])
