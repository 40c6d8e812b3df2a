"""OpenAI's embeddings API over ASGI: `/v1/embeddings`, `/v1/models`, `/health`."""

import base64
import json
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from instructor.asked import Refused, parse
from instructor.work import Work

LARGEST_BODY = 4 * 1024 * 1024
HEALTH_PATIENCE = 5.0  # seconds; a target group waits at least as long

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Gone(Exception):
    """The caller left before the request was complete."""


class App:
    """An ASGI application that serves one model by its id."""

    def __init__(self, model_id: str, work: Work) -> None:
        self._model_id, self._work = model_id, work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        try:
            status, answer = await self._answer(scope["method"], scope["path"], receive)
        except Refused as error:
            status, answer = error.status, refusal(error)
        except Gone:
            return
        body = json.dumps(answer, separators=(",", ":")).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, method: str, path: str, receive: Receive) -> tuple[int, Any]:
        match method, path:
            case "POST", "/v1/embeddings":
                return 200, await self._embeddings(await read(receive))
            case "GET", "/v1/models":
                model = {"id": self._model_id, "object": "model", "owned_by": "lisa"}
                return 200, {"object": "list", "data": [model]}
            case "GET", "/health":
                healthy = await self._work.answers(HEALTH_PATIENCE)
                return (200, {"status": "ok"}) if healthy else (503, {"status": "stalled"})
        raise Refused(
            "Served here are POST /v1/embeddings, GET /v1/models and /health.", status=404
        )

    async def _embeddings(self, body: bytes) -> dict[str, Any]:
        asked = parse(body, self._model_id)
        vectors, tokens = await self._work.embed(asked)
        data = [
            {"object": "embedding", "index": index, "embedding": written(vector, asked.as_base64)}
            for index, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": tokens, "total_tokens": tokens}
        return {"object": "list", "data": data, "model": self._model_id, "usage": usage}


def written(vector: list[float], as_base64: bool) -> list[float] | str:
    """As numbers, or as OpenAI packs them: 32-bit floats, the lowest byte first, in base64."""
    if not as_base64:
        return vector
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()


def refusal(error: Refused) -> dict[str, Any]:
    """OpenAI's shape of an error."""
    kind = "rate_limit_error" if error.status == 429 else "invalid_request_error"
    code = {404: "model_not_found" if error.parameter else "not_found", 413: "too_large"}
    return {
        "error": {
            "message": str(error),
            "type": kind,
            "param": error.parameter,
            "code": code.get(error.status),
        }
    }


async def read(receive: Receive) -> bytes:
    """The body, up to a limit. Raises Refused and Gone."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise Refused(
                f"The body is larger than {LARGEST_BODY // 1024**2} MiB. Send fewer texts.",
                status=413,
            )
        if not message.get("more_body"):
            return bytes(body)
