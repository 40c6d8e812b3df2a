"""One connection to an upstream: what is asked on it, one thing after the other."""

import asyncio
from typing import Any, Protocol

import httptools

from gateway.http1 import heads
from gateway.http1.answer import Answer, Broken, Silent
from gateway.http1.heads import Address, Pair

MOST_HEAD = 64 * 1024
NEVER = float("inf")


class Keeper(Protocol):
    """Whoever keeps connections for the next request."""

    def keep(self, connection: "Connection") -> None: ...
    def forget(self, connection: "Connection") -> None: ...


class Connection(asyncio.Protocol):
    """Parses with llhttp; its callbacks are the methods named `on_...`."""

    def __init__(self, pool: Keeper, where: Address) -> None:
        self.where = where
        self.deadline = NEVER
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._transport: Any = None
        self._answer: Answer | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._silence = NEVER
        self._fields: list[Pair] = []
        self._head_size = 0
        self._parts: list[bytes] = []
        self._complete = False
        self._stays = False

    async def ask(self, request: bytes, silence: float) -> Answer:
        if not self.usable():
            raise Broken  # Hung up between being chosen and being asked.
        self._silence = silence
        self._fields, self._head_size = [], 0
        self._complete = self._stays = False
        waiting: asyncio.Future[Answer] = self._loop.create_future()
        self._waiting = waiting
        self.wait(silence)
        self._transport.write(request)
        try:
            return await waiting
        except asyncio.CancelledError:
            # An answer that is whole already has given the connection back: it may be another's.
            if waiting.cancelled() or waiting.exception():
                self.abort()
            else:
                waiting.result().close()
            raise

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._pool.forget(self)
        answer = self._answer
        if answer and answer.until_closed and not exc:
            # Neither a length nor chunks were announced: the end of the connection is its end.
            self._answer = None
            answer.took(b"", True)
        self._fail(Broken())

    def data_received(self, data: bytes) -> None:
        if self._answer is None and (self._waiting is None or self._waiting.done()):
            return self.abort()  # Nobody asked, or nobody waits for it any more.
        self.deadline = self._loop.time() + self._silence
        self._head_size += len(data)
        broken = False
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            # What was right before it still counts: the answer may even be whole.
            self._stays = False
            broken = not self._complete
        if self._answer is None:
            if broken or self._head_size > MOST_HEAD:
                self.abort()
            return
        parts, self._parts = self._parts, []
        if parts or self._complete:
            whole = parts[0] if len(parts) == 1 else b"".join(parts)
            self._took(self._answer, whole)
        if broken:
            self.abort()

    # What the parser calls.

    def on_message_begin(self) -> None:
        if self._complete:
            raise Broken  # A second answer to one question; the parser stops here.

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._answer is None:
            self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:
            return
        sized = any(name in (b"content-length", b"transfer-encoding") for name, _ in self._fields)
        until_closed = not sized and not heads.bodiless(status)
        self._answer = Answer(self, status, self._fields, until_closed)
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(self._answer)
        self._waiting = None

    def on_body(self, part: bytes) -> None:
        self._parts.append(part)

    def on_message_complete(self) -> None:
        if self._answer is None:
            self._fields = []  # An interim answer, such as 103: the real one follows.
        else:
            self._complete = True
            # Only now: the parser forgets it with the message.
            self._stays = self._parser.should_keep_alive()

    # What an answer and the pool ask.

    def usable(self) -> bool:
        return not self._transport.is_closing()

    def wait(self, seconds: float) -> None:
        self.deadline = self._loop.time() + seconds

    def pause(self, yes: bool) -> None:
        """While the client does not keep pace, its upstream's silence is no fault."""
        if self._transport.is_closing():
            return
        if yes:
            self._transport.pause_reading()
            self.deadline = NEVER
        else:
            self._transport.resume_reading()
            self.wait(self._silence)

    def expire(self) -> None:
        self._fail(Silent(self._silence))
        self.abort()

    def abort(self) -> None:
        """Hang up, so that the upstream stops to work on what nobody waits for."""
        self._transport.abort()

    def _took(self, answer: Answer, data: bytes) -> None:
        complete = self._complete
        if complete:
            self._answer = None
            # An upstream that answered early may never read the rest of the question.
            if self._stays and self.usable() and not self._transport.get_write_buffer_size():
                self._pool.keep(self)
            else:
                self.abort()
        answer.took(data, complete)

    def _fail(self, error: Exception) -> None:
        self.deadline = NEVER
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error)
        if self._answer:
            self._answer.failed(error)
        self._waiting = self._answer = None
