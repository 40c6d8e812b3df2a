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

TOO_LONG = {
    "error": {
        "message": "This model's maximum context length is 8 tokens.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "context_length_exceeded",
    }
}

USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


class Upstream:
    """Runs in a thread; remembers what it was asked and when a caller left."""

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = self._socket.getsockname()[1]
        self.asked: list[tuple[dict[str, Any], dict[str, str]]] = []
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
        body = await request.json()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((body, headers))
        try:
            return await self._answer(request, body)
        except (asyncio.CancelledError, ConnectionResetError):
            self.abandoned.append(time.monotonic())
            raise

    async def _answer(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        behaviour = request.match_info["behaviour"]
        if behaviour == "refusing":
            return web.json_response(TOO_LONG, status=400, headers={"Retry-After": "7"})
        if behaviour == "slow":
            await asyncio.sleep(60)
        if behaviour == "hanging-up" and request.transport:
            request.transport.abort()
        if body.get("stream"):
            return await stream(request, body, endless=behaviour == "endless")
        return web.json_response(whole(request.match_info["operation"], body))


async def stream(request: web.Request, body: dict[str, Any], endless: bool) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    count = 100_000 if endless else body.get("max_tokens", 5)
    for number in range(count):
        await response.write(event(chunk(body["model"], f"{number} ")))
        await asyncio.sleep(0.02)
        if request.match_info["behaviour"] == "dying" and request.transport and number == 2:
            request.transport.abort()
    if (body.get("stream_options") or {}).get("include_usage"):
        await response.write(event({**chunk(body["model"], ""), "choices": [], "usage": USAGE}))
    await response.write(b"data: [DONE]\n\n")
    return response


def event(payload: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(payload).encode() + b"\n\n"


def chunk(model: str, text: str) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    common = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": model}
    return {**common, "choices": [choice]}


def whole(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    common = {"id": "c-1", "created": 1, "model": body["model"], "usage": USAGE}
    ended = {"index": 0, "finish_reason": "stop", "logprobs": None}
    if operation == "embeddings":
        data = [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}]
        return {**common, "object": "list", "data": data}
    if operation == "completions":
        return {**common, "object": "text_completion", "choices": [{**ended, "text": "done"}]}
    message = {"role": "assistant", "content": f"{body['model']} heard you", "refusal": None}
    return {**common, "object": "chat.completion", "choices": [{**ended, "message": message}]}
