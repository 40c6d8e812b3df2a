"""Hand an upstream's answer on: bytes as they come, never gathered, read in passing."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from gateway import errors, headers
from gateway.answering import error_event
from gateway.http1 import heads
from gateway.http1.answer import Answer, Broken, Silent
from gateway.inference import Found
from gateway.keeping.keeper import Keeper, Leftover
from gateway.keeping.transcript import Transcript
from gateway.payloads import dump
from gateway.rewriting import Rewriter, rewriter
from gateway.usage.reading import Meter
from gateway.usage.record import Tokens
from gateway.visit import Visit

type Settle = Callable[[Visit], None]
type Head = tuple[int, list[heads.Pair]]

# With these bytes, however the rest of it looks, a stream has said all.
LAST_WORDS = tuple(
    words + end
    for words in (b"data: [DONE]", b'"type":"message_stop"}', b'"type": "message_stop"}')
    for end in (b"\n\n", b"\r\n\r\n")
)


class BrokenAnswer(Exception):
    """The upstream broke off after its status had been passed on."""


class Relay:
    """One answer on its way to its client. `settle` is called once it is known how it went."""

    def __init__(self, visit: Visit, settle: Settle, keeper: Keeper) -> None:
        self._visit = visit
        self._exchange = visit.exchange
        self._settle = settle
        self._keeper = keeper
        self._begun = False
        self._head: Head = (0, [])
        self._meter: Meter | None = None
        self._rewriter: Rewriter | None = None
        self._transcript = Transcript() if visit.place else None

    async def hand_on(self, search: Coroutine[Any, Any, Found]) -> None:
        """Refusal if there is no answer, or if it broke off before anything was passed on;
        BrokenAnswer if only a cut connection can still tell the client.
        """
        visit, exchange = self._visit, self._exchange
        answer = self._begun_by(await self._found(search))
        visit.status = answer.status
        is_stream = headers.is_event_stream(answer.headers)
        exchange.throttled = answer.throttle
        passed = headers.downstream(answer.headers, visit.id)
        if self._rewriter:
            # How much it comes to is not known yet.
            passed = [pair for pair in passed if pair[0] != b"content-length"]
        self._head = (answer.status, passed)
        try:
            await answer.relay(self._pass)
        except asyncio.CancelledError:
            exchange.throttled = None
            # A reader that was too slow may have had it held back.
            answer.throttle(False)
            self._left(lambda: self._rest(answer))
            raise
        except Broken:
            visit.trace.attempts[-1].failed("broke_off", time.perf_counter())
            self._failed(errors.upstream_broke(visit.model), is_stream)
        except Silent as silent:
            visit.trace.attempts[-1].failed("silent", time.perf_counter())
            self._failed(errors.upstream_silent(visit.model, silent.seconds), is_stream)
        finally:
            if not visit.kept:
                # An answer that was left unread must stop the upstream's work.
                answer.close()
                self._known()

    async def _found(self, search: Coroutine[Any, Any, Found]) -> Found:
        """What the search finds. One for a session goes on although whoever asked has left."""
        if not self._visit.place:
            return await search
        searching = asyncio.ensure_future(search)
        try:
            return await asyncio.shield(searching)
        except asyncio.CancelledError:
            if not self._left(lambda: self._late(searching)):
                searching.cancel()
            raise

    def _begun_by(self, found: Found) -> Answer:
        answer, visit = found.answer, self._visit
        if answer.status < 400:
            self._meter = Meter()
            if found.without_usage or visit.grounds is not None:
                self._rewriter = rewriter(answer.headers, found.without_usage, visit.grounds)
        return answer

    def _left(self, read: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Whoever asked is gone: what belongs to a session is read to its end."""
        visit, transcript = self._visit, self._transcript
        if visit.place and transcript and self._keeper.has_room():
            visit.kept = True
            leftover = Leftover(visit.place, transcript, read, all_said=visit.settled)
            self._keeper.read_on(leftover, self._ended)
        return visit.kept

    async def _late(self, searching: Awaitable[Found]) -> None:
        """An answer that had not begun when its reader left."""
        try:
            found = await searching
        except errors.Refusal as refusal:
            self._hear(dump(refusal.body()), last=True)
        else:
            await self._rest(self._begun_by(found))

    async def _rest(self, answer: Answer) -> None:
        try:
            await answer.relay(self._hear)
        finally:
            answer.close()

    def _ended(self) -> Tokens:
        self._known()
        return self._visit.tokens

    def _failed(self, refusal: errors.Refusal, is_stream: bool) -> None:
        visit = self._visit
        if not self._begun:
            visit.status = refusal.status
            raise refusal
        self._known()
        if not is_stream:
            raise BrokenAnswer
        event = error_event(refusal, visit.dialect, visit.trace.request_id)
        self._exchange.end(event)

    def _pass(self, part: bytes, last: bool) -> None:
        if not self._begun:
            # Not before: while nothing is out, a failure can still be told by its status.
            self._begun = True
            self._exchange.start(*self._head)
            self._visit.first_byte()
        if self._meter:
            self._meter.feed(part)
        if last or part.endswith(LAST_WORDS):
            # Before the client has it all: whoever is killed after answering has counted it.
            self._known()
        part = self._said(part, last)
        if last:
            self._exchange.end(part)
        else:
            self._exchange.write(part)

    def _hear(self, part: bytes, last: bool) -> None:
        """What comes when nobody listens."""
        if self._meter:
            self._meter.feed(part)
        self._said(part, last)

    def _said(self, part: bytes, last: bool) -> bytes:
        if self._rewriter:
            part = self._rewriter.feed(part) + (self._rewriter.rest() if last else b"")
        if self._transcript:
            self._transcript.hear(part)
        return part

    def _known(self) -> None:
        visit = self._visit
        if visit.settled:
            return
        for attempt in visit.trace.attempts[-1:]:
            attempt.ended = attempt.ended or time.perf_counter()
        if self._meter:
            visit.tokens = self._meter.tokens()
        self._settle(visit)
