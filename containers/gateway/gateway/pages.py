"""Lets the pages of one web origin call the gateway and read its answers (CORS)."""

from gateway.http1.exchange import Exchange
from gateway.http1.hall import App
from gateway.http1.heads import value_of

# What pages of ours send, and for how many seconds a browser remembers that they may.
_MAY_SEND = (
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"authorization, content-type"),
    (b"access-control-max-age", b"7200"),
)


class Pages:
    """An app around another. Requests of programs, which name no origin, pass as they are."""

    def __init__(self, app: App, origin: str) -> None:
        self._app = app
        self._origin = origin.encode()
        self._readable = (
            (b"access-control-allow-origin", self._origin),
            (b"access-control-expose-headers", b"retry-after, x-request-id"),
            (b"vary", b"origin"),
        )

    async def __call__(self, exchange: Exchange) -> None:
        if value_of(exchange.headers, b"origin") == self._origin:
            exchange.beside = self._readable
            if exchange.method == "OPTIONS":
                # The browser's question before a page's; nobody's credential is with it.
                exchange.start(204, _MAY_SEND)
                return exchange.end()
        await self._app(exchange)
