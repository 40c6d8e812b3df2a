"""One connection to an upstream, and the answers on it, handed on as they come."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import httptools

from gateway.http1 import heads
from gateway.http1.heads import Address, Pair

MOST_HEAD = 64 * 1024
NEVER = float("inf")

type Sink = Callable[[bytes, bool], None]


class Broken(Exception):
    """The upstream hung up, or sent what is no answer of HTTP/1.1."""


class Silent(Exception):
    """The upstream sent nothing for too long."""


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

    async def ask(self, request: bytes, silence: float) -> "Answer":
        self._silence = silence
        self._fields, self._head_size = [], 0
        self._complete = self._stays = False
        self._waiting = self._loop.create_future()
        self.wait(silence)
        self._transport.write(request)
        try:
            return await self._waiting
        except asyncio.CancelledError:
            self.abort()
            raise

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._pool.forget(self)
        answer = self._answer
        if answer and answer.until_closed and not exc:
            # Neither a length nor chunks were announced: the end of the connection is its end.
            answer.took(b"", True)
        self._fail(Broken())

    def data_received(self, data: bytes) -> None:
        if self._waiting is None and self._answer is None:
            return self.abort()  # Nobody asked.
        self.deadline = self._loop.time() + self._silence
        self._head_size += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            return self.abort()
        if self._answer is None:
            if self._head_size > MOST_HEAD:
                self.abort()
            return
        parts, self._parts = self._parts, []
        if parts or self._complete:
            whole = parts[0] if len(parts) == 1 else b"".join(parts)
            self._took(self._answer, whole)

    # What the parser calls.

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
        self._fail(Silent())
        self.abort()

    def abort(self) -> None:
        """Hang up, so that the upstream stops to work on what nobody waits for."""
        self._transport.abort()

    def _took(self, answer: "Answer", data: bytes) -> None:
        complete = self._complete
        if complete:
            self._answer = None
            if self._stays and self.usable():
                self._pool.keep(self)
            else:
                self._transport.close()
        answer.took(data, complete)

    def _fail(self, error: Exception) -> None:
        self.deadline = NEVER
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error)
        if self._answer:
            self._answer.failed(error)
        self._waiting = self._answer = None


class Answer:
    """An upstream's answer: its head, and a body that is still coming."""

    __slots__ = (
        "_connection",
        "_done",
        "_error",
        "_parts",
        "_sink",
        "ended",
        "headers",
        "status",
        "until_closed",
    )

    def __init__(
        self, connection: Connection, status: int, headers: list[Pair], until_closed: bool
    ) -> None:
        self.status = status
        self.headers = headers
        self.until_closed = until_closed
        self.ended = False
        self._connection = connection
        self._sink: Sink | None = None
        self._parts: list[bytes] = []
        self._done: asyncio.Future[None] | None = None
        self._error: Exception | None = None

    async def relay(self, sink: Sink) -> None:
        """Hand on each part as it comes: `sink(part, whether it is the last)`. Broken, Silent."""
        if self._parts or self.ended:
            parts, self._parts = b"".join(self._parts), []
            sink(parts, self.ended)
        if self._error:
            raise self._error
        if self.ended:
            return
        self._sink = sink
        self._done = asyncio.get_running_loop().create_future()
        await self._done

    async def read(self, limit: int) -> bytes:
        """The whole body; Broken if it is larger than `limit` bytes."""
        parts: list[bytes] = []

        def take(part: bytes, last: bool) -> None:
            parts.append(part)
            if sum(map(len, parts)) > limit:
                self.failed(Broken())
                self.close()

        await self.relay(take)
        return b"".join(parts)

    def throttle(self, yes: bool) -> None:
        if not self.ended:
            self._connection.pause(yes)

    def close(self) -> None:
        """Leave the rest unread, and let the upstream know."""
        if not self.ended:
            self._connection.abort()

    # What its connection tells.

    def took(self, data: bytes, last: bool) -> None:
        self.ended = last
        if self._sink is None:
            self._parts.append(data)
            return
        try:
            self._sink(data, last)
        except Exception as error:  # noqa: BLE001  (the loop would only log it; the asker must know)
            self._connection.abort()
            return self.failed(error)
        if last and self._done and not self._done.done():
            self._done.set_result(None)

    def failed(self, error: Exception) -> None:
        self._error = error
        if self._done and not self._done.done():
            self._done.set_exception(error)
