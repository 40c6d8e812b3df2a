"""The client's side: a connection on which requests are answered one after the other."""

import asyncio
from collections import deque
from typing import Any

from gateway.http1 import heads
from gateway.http1.exchange import Exchange, Head
from gateway.http1.hall import Hall, Room
from gateway.http1.requests import MOST_HEAD, Excessive, Malformed, Requests

# How long a client that was answered early may go on sending before it is left.
LINGER_SECONDS = 5.0
NEVER = float("inf")

NO_REQUEST = heads.refusal(400, b"This is not a request of HTTP/1.1. Send it again.")
TOO_LATE = heads.refusal(408, b"The request was not complete in time. Send it again.")
TOO_MUCH = heads.refusal(431, b"The headers are too many or too large. Send fewer.")


class Connection(asyncio.Protocol):
    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._loop = asyncio.get_running_loop()
        self._requests = Requests(self)
        self._transport: Any = None
        self._incoming: Exchange | None = None
        self._current: Exchange | None = None
        self._next: deque[Exchange] = deque()
        self._task: asyncio.Task[None] | None = None
        self._head_size = 0
        self._refusal = b""
        self._closing = False
        self._full = False
        self._unread = 0
        self._gone = False
        self.deadline = NEVER

    @property
    def busy(self) -> bool:
        return self._current is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._hall.connections.add(self)
        self._wait(self._hall.patience.head)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone = True
        self._hall.connections.discard(self)
        for exchange in (self._current, *self._next):
            if exchange:
                exchange.forget_body()
        self._next.clear()
        if self._task and not self._task.done():
            # Whoever works for a client that left is stopped: so the upstream stops, too.
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        if self._closing or self._refusal:
            # Answered already: the rest is only taken in so that the answer can be read.
            return
        if self._incoming is None:
            if not self._head_size and not self._current and not self._full:
                self._wait(self._hall.patience.head)
            self._head_size += len(data)
        elif self._incoming is self._current:
            self._wait(self._hall.patience.body)
        try:
            self._requests.feed(data)
            if self._incoming is None and self._head_size > MOST_HEAD:
                raise Excessive
        except Malformed:
            self._refuse(NO_REQUEST)
        except Excessive:
            self._refuse(TOO_MUCH)
        self._begin()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._full = True
        self._await_reader()
        if self._current:
            self._current.full(True)

    def resume_writing(self) -> None:
        self._full = False
        if self._current:
            self.deadline = NEVER
            self._current.full(False)
        elif not self._closing:
            self._turn()

    # What the requests are.

    def head(self, head: Head) -> None:
        self._incoming = Exchange(self, head)
        self._next.append(self._incoming)

    def body(self, part: bytes) -> None:
        if self._incoming:
            self._incoming.took(part)

    def complete(self) -> None:
        if self._incoming:
            self._incoming.took_all()
            if self._incoming is self._current:
                self.deadline = NEVER
        self._incoming = None
        self._head_size = 0
        if len(self._next) > (self._current is None):
            # Sent ahead of its answer: nothing more is taken in before that is given. Only then:
            # while reading is paused nobody notices that the client has left.
            self.pause_reading()

    # What an exchange asks of its connection.

    @property
    def room(self) -> Room:
        return self._hall.room

    def write(self, data: bytes) -> None:
        if not self._gone:
            self._transport.write(data)

    def pause_reading(self) -> None:
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def may_stay(self) -> bool:
        return not self._hall.leaving

    def over(self, keep: bool) -> None:
        finished, self._current = self._current, None
        if finished and not finished.received:
            self._closing = True
            self._wait(LINGER_SECONDS)
            self.resume_reading()
        elif not keep or self._hall.leaving:
            self._close()
        elif not self._full:
            self._turn()

    def abort(self) -> None:
        self._transport.abort()

    # What the hall asks.

    def expire(self) -> None:
        if (self._full or self._closing) and self._has_read():
            return self._await_reader()
        answering = self._current and (self._current.received or self._current.started)
        if answering or self._full or self._closing:
            self._transport.abort()
        elif self._current or self._head_size:
            self._refuse(TOO_LATE)
            self._begin()
        else:
            self._close()

    def close_if_idle(self) -> None:
        if not self.busy and not self._head_size:
            self._close()

    def _turn(self) -> None:
        """One answer is out: on to the next request, or the wait for it."""
        if self._next or self._refusal:
            # Not at once: a thousand requests sent ahead would be as many calls deep.
            self._loop.call_soon(self._begin)
        else:
            self._wait(self._hall.patience.idle)
            self.resume_reading()

    def _begin(self) -> None:
        # One who does not read his answers gets no further ones.
        if self._current or self._closing or self._full or self._gone:
            return
        if not self._next:
            return self._say_refusal()
        self._current = self._next.popleft()
        if self._current.received:
            self.deadline = NEVER
        else:
            self._wait(self._hall.patience.body)
        # Eager: most requests reach their upstream before this line returns.
        work = self._answered(self._current)
        self._task = asyncio.Task(work, loop=self._loop, eager_start=True)

    async def _answered(self, exchange: Exchange) -> None:
        try:
            await self._hall.app(exchange)
        finally:
            if self._current is exchange:
                self.abort()  # Not answered to its end, and nobody else ever would.

    def _refuse(self, refusal: bytes) -> None:
        """Answer what is no request of ours, after those before it: answers keep their order."""
        self._refusal = refusal
        broken, self._incoming = self._incoming, None
        if broken is None:
            return
        if broken is not self._current:
            self._next.remove(broken)
        elif broken.started:
            self._transport.abort()  # It cannot be two answers.
        else:
            self._say_refusal()

    def _say_refusal(self) -> None:
        if self._refusal:
            self._transport.write(self._refusal)
            self._close()

    def _close(self) -> None:
        """Once all is written; whoever does not read it is left."""
        self._closing = True
        self._await_reader()
        self._transport.close()

    def _await_reader(self) -> None:
        self._unread = self._transport.get_write_buffer_size()
        self._wait(self._hall.patience.stall)

    def _has_read(self) -> bool:
        """Whether the client took anything since it was last looked at, however little."""
        return bool(self._transport.get_write_buffer_size() < self._unread)

    def _wait(self, seconds: float) -> None:
        self.deadline = self._loop.time() + seconds
