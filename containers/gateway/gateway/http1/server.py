"""The client's side: a connection on which requests are answered one after the other."""

import asyncio
from collections import deque
from typing import Any

import httptools

from gateway.http1 import heads
from gateway.http1.exchange import Exchange, Head
from gateway.http1.hall import Hall

MOST_HEAD = 64 * 1024
MOST_FIELDS = 128
FRAMING = frozenset({b"content-length", b"transfer-encoding"})
# How long a client that was answered early may go on sending before it is left.
LINGER_SECONDS = 5.0
NEVER = float("inf")


class Connection(asyncio.Protocol):
    """Parses with llhttp; its callbacks are the methods named `on_...`."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._transport: Any = None
        self._incoming: Exchange | None = None
        self._current: Exchange | None = None
        self._next: deque[Exchange] = deque()
        self._task: asyncio.Task[None] | None = None
        self._url = b""
        self._fields: list[heads.Pair] = []
        self._head_size = 0
        self._excessive = False
        self._declining = False
        self._closing = False
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
        self._next.clear()
        if self._task and not self._task.done():
            # Whoever works for a client that left is stopped: so the upstream stops, too.
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        if self._closing:
            # Answered already: the rest is only taken in so that the answer can be read.
            return
        if self._incoming is None:
            if not self._head_size and not self._current:
                self._wait(self._hall.patience.head)
            self._head_size += len(data)
        elif self._incoming is self._current:
            self._wait(self._hall.patience.body)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            self._decline(data[offer.args[0] :])
        except httptools.HttpParserError:
            return self._refuse(400, b"This is not a request of HTTP/1.1. Send it again.")
        if self._excessive or (self._incoming is None and self._head_size > MOST_HEAD):
            return self._refuse(431, b"The headers are too many or too large. Send fewer.")
        self._begin()

    def eof_received(self) -> bool:
        return False

    def pause_writing(self) -> None:
        self._wait(self._hall.patience.stall)
        if self._current:
            self._current.full(True)

    def resume_writing(self) -> None:
        if self._current:
            self.deadline = NEVER
            self._current.full(False)
        else:
            self._wait(self._hall.patience.idle)

    # What the parser calls.

    def on_message_begin(self) -> None:
        self._url = b""
        self._fields = []

    def on_url(self, part: bytes) -> None:
        self._url += part

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers come after the body, and nobody here reads them.
        if self._incoming is None:
            self._fields.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        if self._declining:
            self._declining = False
            return
        self._declining = self._parser.should_upgrade()
        parser, size = self._parser, sum([len(name) + len(value) for name, value in self._fields])
        self._excessive = size + len(self._url) > MOST_HEAD or len(self._fields) > MOST_FIELDS
        modern = parser.get_http_version() == "1.1"
        head = Head(
            parser.get_method().decode("latin-1"),
            self._url.partition(b"?")[0].decode("latin-1"),
            self._fields,
            modern,
            modern and parser.should_keep_alive(),
        )
        self._incoming = Exchange(self, head)
        self._next.append(self._incoming)
        if not self._current and heads.value_of(self._fields, b"expect") == b"100-continue":
            self.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, part: bytes) -> None:
        if self._incoming:
            self._incoming.took(part)

    def on_message_complete(self) -> None:
        if self._declining:
            return
        if self._incoming:
            self._incoming.took_all()
            if self._incoming is self._current:
                self.deadline = NEVER
        self._incoming = None
        self._head_size = 0
        if self._current or len(self._next) > 1:
            # Sent ahead of its answer: nothing more is taken in before that is given.
            self.pause_reading()

    # What an exchange asks of its connection.

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
            self._transport.close()
        elif self._next:
            # Not at once: a thousand requests sent ahead would be as many calls deep.
            self._loop.call_soon(self._begin)
        else:
            self._wait(self._hall.patience.idle)
            self.resume_reading()

    def abort(self) -> None:
        self._transport.abort()

    # What the hall asks.

    def expire(self) -> None:
        if self._current and (self._current.received or self._current.started):
            self._transport.abort()
        elif self._current or self._head_size:
            self._refuse(408, b"The request was not complete in time. Send it again.")
        else:
            self._transport.close()

    def close_if_idle(self) -> None:
        if not self.busy and not self._head_size:
            self._transport.close()

    def _decline(self, rest: bytes) -> None:
        """Go on in this protocol with a request that offered another (RFC 9110, section 7.8).

        The parser takes the offer for agreed, and the body for the other protocol's: a new one is
        told how the body is framed, and takes over there. Java's own client offers h2c each time.
        """
        framing = [pair for pair in self._fields if pair[0] in FRAMING]
        self._parser = httptools.HttpRequestParser(self)
        self._parser.feed_data(b"POST / HTTP/1.1\r\n" + heads.fields(framing) + b"\r\n" + rest)

    def _begin(self) -> None:
        if self._current or not self._next:
            return
        self._current = self._next.popleft()
        if self._current.received:
            self.deadline = NEVER
        # Eager: most requests reach their upstream before this line returns.
        self._task = asyncio.Task(self._hall.app(self._current), loop=self._loop, eager_start=True)

    def _refuse(self, status: int, reason: bytes) -> None:
        """Answer what is no request of ours; a running answer is cut, as it cannot be two."""
        if self._current and self._current.started:
            self._transport.abort()
            return
        length = (b"content-length", b"%d" % len(reason))
        head = [(b"content-type", b"text/plain"), length, (b"connection", b"close")]
        self._closing = True
        self._transport.write(heads.status_line(status) + heads.fields(head) + b"\r\n" + reason)
        self._transport.close()

    def _wait(self, seconds: float) -> None:
        self.deadline = self._loop.time() + seconds
