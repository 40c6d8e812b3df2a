"""How the lane sends LiteLLM's answers on: whole, as the events of a stream, or as bytes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.answering import STREAM, answer, error_event
from gateway.errors import Dialect, Refusal
from gateway.http1.exchange import Exchange
from gateway.http1.heads import Pairs
from gateway.lane.answers import event, whole
from gateway.lane.refusals import refusal
from gateway.operations import ANTHROPIC, CHAT, COMPLETIONS, SPEECH, STREAMED, TRANSCRIPTIONS
from gateway.payloads import dump

DONE = b"data: [DONE]\n\n"
# Only these streams of OpenAI's have it; the others end with an event that says so.
ENDED_BY_DONE = frozenset({CHAT, COMPLETIONS})
TEXT = (b"content-type", b"text/plain; charset=utf-8")
NOT_JSON = frozenset({"text", "srt", "vtt"})
CHUNK = 16 * 1024
# Parts of one stream that may be sent before others have a turn.
IN_A_ROW = 4


@dataclass(frozen=True)
class Reply:
    """The answer to one request for one model, in its caller's dialect."""

    operation: str
    model: str
    key: str | None
    request_id: str
    exchange: Exchange

    @property
    def dialect(self) -> Dialect:
        return "anthropic" if self.operation in ANTHROPIC else "openai"

    def refusal(self, error: Exception) -> Refusal:
        return refusal(error, self.model, self.key)

    async def give(self, result: Any, asked: Mapping[str, Any]) -> None:
        """Answer with what LiteLLM returned for these arguments."""
        if self.operation == SPEECH:
            return await self._sound(result)
        if asked.get("stream") and self.operation in STREAMED:
            events = self._events(result)
            return await self._stream(result, events, [STREAM, (b"cache-control", b"no-cache")])
        if self.operation == TRANSCRIPTIONS and asked.get("response_format") in NOT_JSON:
            return answer(self.exchange, 200, str(result.text).encode(), [TEXT])
        answer(self.exchange, 200, dump(whole(self.operation, result, self.model)))

    async def _sound(self, result: Any) -> None:
        kind = result.response.headers.get("content-type", "application/octet-stream")
        parts = await result.aiter_bytes(CHUNK)
        await self._stream(result, parts, [(b"content-type", kind.encode("latin-1"))])

    async def _events(self, chunks: Any) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            yield event(self.operation, chunk, self.model)
            if getattr(chunks, "sent_stream_usage", False):
                # Nothing comes after it: LiteLLM would put the answer together for its own log.
                break
        if self.operation in ENDED_BY_DONE:
            yield DONE

    async def _stream(self, result: Any, parts: AsyncIterator[bytes], headers: Pairs) -> None:
        try:
            # An error before the first part is still an honest status.
            first = await anext(parts, b"")
            self.exchange.start(200, headers)
            self.exchange.write(first)
            self.exchange.flush()
            await self._rest(parts)
            self.exchange.end()
        finally:
            await close(result)

    async def _rest(self, parts: AsyncIterator[bytes]) -> None:
        pace = Pace(self.exchange)
        try:
            async for part in parts:
                self.exchange.write(part)
                await pace.keep()
        except Exception as error:  # noqa: BLE001  (providers raise anything, after the status too)
            if self.operation == SPEECH:
                raise
            self.exchange.write(error_event(self.refusal(error), self.dialect, self.request_id))
        finally:
            # Otherwise the two would hold each other until the collector comes, which is seldom.
            self.exchange.throttled = None


class Pace:
    """Waits for a caller who reads slowly, and lets others have their turn.

    A provider that is quicker than LiteLLM always has a next part ready: without this nobody else
    would be served, nor would anybody notice that a caller has left. Who waits between parts gives
    way by that: uvloop's clock stands still until the loop goes round.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._time = asyncio.get_running_loop().time
        self._since, self._parts = 0.0, 0
        self._exchange = exchange
        self._room = asyncio.Event()
        exchange.throttled = self._told

    async def keep(self) -> None:
        while self._exchange.is_full:
            await self._room.wait()
        now = self._time()
        if now != self._since:
            self._since, self._parts = now, 0
        self._parts += 1
        if self._parts == IN_A_ROW:
            self._parts = 0
            await asyncio.sleep(0)

    def _told(self, full: bool) -> None:
        if full:
            self._room.clear()
        else:
            self._room.set()


async def close(result: Any) -> None:
    """End the provider's stream: LiteLLM leaves it open when its reader leaves.

    Its iterators have `aclose`, or hold what has: the HTTP response, or the chat's stream.
    """
    for name in ("", "litellm_custom_stream_wrapper", "response"):
        inner = getattr(result, name, None) if name else result
        ending = getattr(inner, "aclose", None)
        if ending is not None:
            await ending()
            return
