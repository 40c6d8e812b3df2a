"""The gateway: chat, embeddings and the models that may be called, in OpenAI's words.

What it has beyond that is OpenAI's protocol, too: `openai.OpenAI(base_url=..., api_key=...)`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lisapy.errors import UnexpectedAnswer, refusal
from lisapy.sse import Events
from lisapy.steps import C_co, Group, Item, Items, Read, Request, Steps, call, each

_CHAT = "/chat/completions"
Messages = Sequence[Mapping[str, Any]]


class Gateway(Group[C_co]):
    """What the models are called by."""

    @call
    def models(self, state: str = "") -> Steps[list[dict[str, Any]]]:
        """Return the models that one may call; with `state="all"` those out of service, too."""
        query = {"state": state} if state else {}
        answer = yield from self._ask(_serve("GET", "/models", query=query))
        found: list[dict[str, Any]] = answer["data"]
        return found

    @call
    def chat(self, /, model: str, messages: Messages, **options: Any) -> Steps[dict[str, Any]]:
        """Return a chat completion, whole."""
        body = {**options, "model": model, "messages": list(messages)}
        answer: dict[str, Any] = yield from self._ask(_serve("POST", _CHAT, body=body))
        return answer

    @each
    def stream(self, /, model: str, messages: Messages, **options: Any) -> Items[dict[str, Any]]:
        """Yield the chunks of a chat completion as they are made. To leave early ends it there."""
        body = {**options, "model": model, "messages": list(messages), "stream": True}
        yield from self._exchange.opened(_serve("POST", _CHAT, body=body))
        events = Events()
        while True:
            piece: bytes | None = yield Read()
            if piece is None:
                raise UnexpectedAnswer("The stream broke off before its end: ask again.")
            for data in events.feed(piece):
                if data == "[DONE]":
                    return
                yield Item(_chunk(data))

    @call
    def embed(self, model: str, texts: Sequence[str]) -> Steps[list[list[float]]]:
        """Return one vector for each text, in their order."""
        body = {"model": model, "input": list(texts)}
        answer = yield from self._ask(_serve("POST", "/embeddings", body=body))
        rows = sorted(answer["data"], key=lambda row: int(row["index"]))
        return [row["embedding"] for row in rows]


def text_of(chunk: Mapping[str, Any]) -> str:
    """Return the text that a chunk of a stream adds."""
    return "".join(choice["delta"].get("content") or "" for choice in chunk.get("choices", ()))


def _serve(
    method: str, path: str, query: Mapping[str, Any] | None = None, body: Any = None
) -> Request[Any]:
    return Request(method, path, query or {}, body, at="serve")


def _chunk(data: str) -> dict[str, Any]:
    try:
        chunk: dict[str, Any] = json.loads(data)
    except ValueError:
        raise UnexpectedAnswer(
            f"The stream has something that is not JSON: {data[:80]!r}"
        ) from None
    if "error" in chunk:
        raise refusal(502, chunk)
    return chunk
