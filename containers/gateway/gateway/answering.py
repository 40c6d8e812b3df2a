"""Answering an exchange whole, refusing it, and what a stream says that breaks."""

from gateway.errors import Dialect, Refusal
from gateway.http1.exchange import Exchange
from gateway.http1.heads import Pair, Pairs
from gateway.payloads import dump

JSON = (b"content-type", b"application/json")
STREAM = (b"content-type", b"text/event-stream; charset=utf-8")


def answer(exchange: Exchange, status: int, body: bytes, headers: Pairs = (JSON,)) -> None:
    exchange.start(status, [*headers, (b"content-length", b"%d" % len(body))])
    exchange.end(body)


def refuse(
    exchange: Exchange, refusal: Refusal, dialect: Dialect = "openai", request_id: str = ""
) -> None:
    if exchange.started:
        # A status is out: only the end of the connection can still tell the caller.
        return exchange.cut()
    body = dump(refusal.body(dialect, request_id))
    answer(exchange, refusal.status, body, [JSON, *refusal_headers(refusal)])


def refusal_headers(refusal: Refusal) -> list[Pair]:
    """What a refusal says beside its body."""
    said = {b"allow": refusal.allow, b"retry-after": refusal.retry_after}
    if refusal.status == 401:
        said[b"www-authenticate"] = "Bearer"
    return [(name, value.encode("latin-1")) for name, value in said.items() if value]


def error_event(refusal: Refusal, dialect: Dialect = "openai", request_id: str = "") -> bytes:
    """How a stream that has begun says that it broke: the clients of either raise on it."""
    data = b"data: " + dump(refusal.body(dialect, request_id)) + b"\n\n"
    return b"event: error\n" + data if dialect == "anthropic" else data
