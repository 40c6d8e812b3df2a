"""The ASGI app on the internal port: `/metrics`, and nothing else."""

from collections.abc import Callable

from gateway.asgi import JSON, Receive, Scope, Send, answer, dump
from gateway.metrics.catalogue import Totals
from gateway.metrics.exposition import OPEN_METRICS, TEXT, exposition

ASKS_OPEN_METRICS = b"application/openmetrics-text"
NOTHING_HERE = dump({"error": "NotFound", "message": "Only GET /metrics is served here."})


class Pages:
    def __init__(self, read: Callable[[], Totals]) -> None:
        """`read` tells every number of this moment; it may take some milliseconds."""
        self._read = read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if (scope["method"], scope["path"]) != ("GET", "/metrics"):
            return await answer(send, 404, NOTHING_HERE, (JSON,))
        wanted = any(
            name == b"accept" and ASKS_OPEN_METRICS in value for name, value in scope["headers"]
        )
        kind = (b"content-type", OPEN_METRICS if wanted else TEXT)
        await answer(send, 200, exposition(self._read(), wanted), (kind,))
