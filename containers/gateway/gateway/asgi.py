"""What the edge and the lane share of ASGI: reading a body, answering, noticing who left."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterable, MutableMapping
from typing import Any

import orjson

from gateway.errors import ClientGone, Dialect, Refusal, body_too_large, not_an_object

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Headers = Iterable[tuple[bytes, bytes]]

JSON = (b"content-type", b"application/json")
# Seconds between two attempts to stop what nobody waits for any more.
CANCEL_AGAIN = 0.1
STREAM = (b"content-type", b"text/event-stream; charset=utf-8")


async def read_body(receive: Receive, limit: int) -> bytes:
    """The whole body; one that is too large is read to its end but never held."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        # Clients report the refusal only when they could finish sending, within reason.
        if size <= limit:
            parts.append(part)
        if not message.get("more_body") or size > 4 * limit:
            break
    if size > limit:
        raise body_too_large(limit)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def json_object(body: bytes) -> dict[str, Any]:
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise not_an_object() from None
    if not isinstance(payload, dict):
        raise not_an_object()
    return payload


def dump(payload: object) -> bytes:
    try:
        return orjson.dumps(payload)
    except TypeError:
        # Integers beyond 64 bits and lone surrogates are JSON too.
        return json.dumps(payload).encode()


async def answer(send: Send, status: int, body: bytes, headers: Headers = (JSON,)) -> None:
    length = (b"content-length", str(len(body)).encode())
    start = {"type": "http.response.start", "status": status, "headers": [*headers, length]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


async def refuse(
    send: Send, refusal: Refusal, dialect: Dialect = "openai", request_id: str = ""
) -> None:
    body = dump(refusal.body(dialect, request_id))
    await answer(send, refusal.status, body, [JSON, *refusal_headers(refusal)])


def refusal_headers(refusal: Refusal) -> list[tuple[bytes, bytes]]:
    """What a refusal says beside its body."""
    said = {b"allow": refusal.allow, b"retry-after": refusal.retry_after}
    if refusal.status == 401:
        said[b"www-authenticate"] = "Bearer"
    return [(name, value.encode("latin-1")) for name, value in said.items() if value]


def error_event(refusal: Refusal, dialect: Dialect = "openai", request_id: str = "") -> bytes:
    """How a stream that has begun says that it broke: the clients of either raise on it."""
    data = b"data: " + dump(refusal.body(dialect, request_id)) + b"\n\n"
    return b"event: error\n" + data if dialect == "anthropic" else data


async def while_connected(receive: Receive, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, or cancel it as soon as the client leaves. The body must have been read."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_disconnected(receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGone
        task.result()
    finally:
        gone.cancel()
        while not task.done():
            # Again until it ends: what others catch on their way down may swallow the first.
            task.cancel()
            await asyncio.wait({task}, timeout=CANCEL_AGAIN)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
