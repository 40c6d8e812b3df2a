"""The lane's ASGI app: the operations of the edge, done by LiteLLM."""

from collections.abc import AsyncIterator
from typing import Any

from gateway import errors
from gateway.asgi import (
    STREAM,
    Receive,
    Scope,
    Send,
    answer,
    dump,
    error_event,
    json_object,
    read_body,
    refuse,
    while_connected,
)
from gateway.errors import ClientGone, Refusal
from gateway.lane.answers import completion, refusal
from gateway.lane.parameters import NEEDED, arguments
from gateway.lane.router import Models
from gateway.shared_snapshot import Follower

PREFIX = "/v1/"
DONE = b"data: [DONE]\n\n"


class Lane:
    def __init__(self, follower: Follower, models: Models, max_body: int) -> None:
        self._follower = follower
        self._models = models
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            operation = scope["path"].removeprefix(PREFIX)
            payload = json_object(await read_body(receive, self._max_body))
            await while_connected(receive, self._serve(operation, payload, send))
        except Refusal as refused:
            await refuse(send, refused)
        except ClientGone:
            return

    async def _serve(self, operation: str, payload: dict[str, Any], send: Send) -> None:
        model = payload["model"]
        await self._catch_up(model)
        if NEEDED[operation] not in payload:
            raise errors.missing(NEEDED[operation])
        try:
            result = await self._models.call(operation, model, arguments(operation, payload))
            if payload.get("stream") and operation != "embeddings":
                return await self._stream(result, model, send)
        except Refusal:
            raise
        except Exception as error:  # noqa: BLE001  (providers raise anything; each gets an answer)
            raise refusal(error, model) from None
        body = result.model_dump(exclude_none=True)
        await answer(send, 200, dump(completion(body, model)))

    async def _catch_up(self, model: str) -> None:
        """The edge may have read a newer snapshot than we did a moment ago."""
        if not self._models.knows(model):
            await self.follow()
        if not self._models.knows(model):
            raise errors.model_not_found(model)

    async def follow(self) -> None:
        self._follower.refresh()
        if self._follower.current is not None:
            await self._models.follow(self._follower.current.routes)

    async def _stream(self, chunks: Any, model: str, send: Send) -> None:
        try:
            events = _events(chunks, model)
            # An error before the first token is still an honest status.
            first = await anext(events, DONE)
            headers = [STREAM, (b"cache-control", b"no-cache")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": first, "more_body": True})
            await _rest(events, model, send)
        finally:
            # LiteLLM leaves the provider's stream open when its reader is cancelled.
            await chunks.aclose()


async def _events(chunks: Any, model: str) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        yield b"data: " + dump(completion(chunk.model_dump(exclude_none=True), model)) + b"\n\n"
    yield DONE


async def _rest(events: AsyncIterator[bytes], model: str, send: Send) -> None:
    try:
        async for event in events:
            await send({"type": "http.response.body", "body": event, "more_body": True})
    except Exception as error:  # noqa: BLE001  (as above, once the status is out)
        event = error_event(refusal(error, model))
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
