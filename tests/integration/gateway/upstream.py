"""A real model server that speaks OpenAI's protocol and misbehaves on request.

The first segment of its address says how: `/good/v1`, `/refusing/v1`, `/dying/v1`, ...
"""

import asyncio
import json
import socket
import time
from threading import Event, Thread
from typing import Any

from aiohttp import web

from tests.integration.gateway.upstream_shapes import SOUND, STREAMED, pieces, whole

TOO_LONG = {
    "error": {
        "message": "This model's maximum context length is 8 tokens.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "context_length_exceeded",
    }
}
BUSY = {"error": {"message": "Slow down.", "type": "requests", "param": None, "code": "too_many"}}
# A provider that tells back what it was sent.
TELLING = {"error": {"message": "Bad request with {key}.", "type": "t", "param": "x", "code": "c"}}
REFUSALS: dict[str, tuple[int, dict[str, Any]]] = {
    "refusing": (400, TOO_LONG),
    "busy": (429, BUSY),
    "telling": (400, TELLING),
}
# `thinking` is slow to begin, and then as what follows it.
THINKING = 1.5
MISBEHAVIOURS = (
    *("refusing", "slow", "hanging-up", "dying", "endless"),
    *("thinking", "thinking-refusing", "lingering"),
)


class Upstream:
    """Runs in a thread; remembers what it was asked and when a caller left."""

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.asked: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.operations: list[str] = []
        self.abandoned: list[float] = []
        self._loop = asyncio.new_event_loop()
        self._serving = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()
        self._serving.wait()

    def base(self, behaviour: str = "good") -> str:
        return f"http://127.0.0.1:{self.port}/{behaviour}/v1"

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/{behaviour}/v1/{operation:.+}", self._handle)
        runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        self._loop.run_until_complete(runner.setup())
        self._loop.run_until_complete(web.SockSite(runner, self._socket).start())
        self._serving.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await read(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((body, headers))
        self.operations.append(request.match_info["operation"])
        try:
            return await self._answer(request, body)
        except (asyncio.CancelledError, ConnectionResetError):
            self.abandoned.append(time.monotonic())
            raise

    async def _answer(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        behaviour, operation = request.match_info["behaviour"], request.match_info["operation"]
        if behaviour.startswith("thinking"):
            await asyncio.sleep(THINKING)
            behaviour = behaviour.removeprefix("thinking-")
        if behaviour in REFUSALS:
            return refusal(request, *REFUSALS[behaviour])
        if behaviour == "slow":
            await asyncio.sleep(60)
        if behaviour == "hanging-up" and request.transport:
            request.transport.abort()
        if operation == "audio/speech":
            return await speech(request, endless=behaviour == "endless")
        if body.get("response_format") == "text":
            return web.Response(text=whole(operation, body)["text"])
        if body.get("stream") and operation in STREAMED:
            endless = behaviour in ("endless", "flooding")
            return await stream(request, body, endless)
        return web.json_response(whole(operation, body))


async def read(request: web.Request) -> dict[str, Any]:
    """The body as an object; of a form's files only what was received is told."""
    if not request.content_type.startswith("multipart/"):
        document: dict[str, Any] = await request.json()
        return document
    form = await request.post()
    return {name: field(value) for name, value in form.items()}


def field(value: object) -> object:
    if isinstance(value, web.FileField):
        return {"name": value.filename, "type": value.content_type, "size": len(value.file.read())}
    return value


def refusal(request: web.Request, status: int, body: dict[str, Any]) -> web.Response:
    told = json.dumps(body).replace("{key}", request.headers.get("Authorization", "no key"))
    headers = {"Retry-After": "7", "Content-Type": "application/json"}
    return web.Response(text=told, status=status, headers=headers)


async def speech(request: web.Request, endless: bool) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
    await response.prepare(request)
    await response.write(SOUND)
    while endless:
        await response.write(SOUND)
        await asyncio.sleep(0.02)
    return response


async def stream(request: web.Request, body: dict[str, Any], endless: bool) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    count = 100_000 if endless else body.get("max_tokens", 5)
    for number, piece in enumerate(pieces(request.match_info["operation"], body, count)):
        await response.write(piece)
        await asyncio.sleep(0 if request.match_info["behaviour"] == "flooding" else 0.02)
        if request.match_info["behaviour"] == "dying" and request.transport and number == 2:
            request.transport.abort()
    if request.match_info["behaviour"] == "lingering":
        await asyncio.sleep(5)
    return response
