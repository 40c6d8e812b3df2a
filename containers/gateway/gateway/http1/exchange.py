"""One request and its answer, as the edge sees them: what was asked, a body, a way to answer."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple, Protocol

from gateway.errors import body_too_large, gateway_full
from gateway.http1 import heads
from gateway.http1.heads import Pair, Pairs


class Room(Protocol):
    """What one worker takes in of large bodies, in bytes."""

    def take(self, size: int) -> bool: ...
    def give(self, size: int) -> None: ...


# Told whether to hold the answer back.
type Throttle = Callable[[bool], None]

# Taken in before anybody asks for the body, and so before anybody knows who sends it.
UNASKED = 64 * 1024
# Clients report a refusal only when they could finish sending, within reason.
READ_ON = 4
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Head(NamedTuple):
    """A request's head; names of headers are in lower case. `keep`: it may not be the last one.

    `modern` is HTTP/1.1. Before it there were no chunks: the end of a connection ended an answer.
    """

    method: str
    path: str
    headers: list[Pair]
    modern: bool
    keep: bool
    query: str = ""


class Link(Protocol):
    """What an exchange needs of the connection that it happens on."""

    @property
    def room(self) -> Room: ...
    def write(self, data: bytes) -> None: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...
    def over(self, keep: bool) -> None: ...
    def abort(self) -> None: ...
    def may_stay(self) -> bool: ...


class Exchange:
    """Writing is never waited for: `throttled` is told when to stop, and when to go on."""

    __slots__ = (
        "_announced",
        "_body",
        "_chunked",
        "_crowded",
        "_head",
        "_held",
        "_keep",
        "_limit",
        "_link",
        "_modern",
        "_parts",
        "_size",
        "_waiting",
        "beside",
        "headers",
        "is_full",
        "method",
        "path",
        "query",
        "received",
        "started",
        "throttled",
    )

    def __init__(self, link: Link, head: Head) -> None:
        self.method = head.method
        self.path = head.path
        self.query = head.query
        self.headers = head.headers
        self.received = False
        self.started = False
        self.is_full = False
        self.throttled: Throttle | None = None
        # Headers of the answer that are not for whoever gives it to know.
        self.beside: tuple[Pair, ...] = ()
        self._link = link
        self._modern = head.modern
        self._keep = head.keep
        self._parts: list[bytes] = []
        self._size = 0
        self._announced = 0
        self._held = 0
        self._crowded = False
        self._limit: int | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._head = b""
        self._chunked = False
        self._body = True

    async def body(self, limit: int) -> bytes:
        """The whole body, once. Refusal if it is larger, or the worker holds too much of others."""
        self._limit = limit
        if not self.received:
            # Digits, or the parser had refused it.
            self._announced = int(heads.value_of(self.headers, b"content-length") or 0)
        self._drop_excess()
        if not self.received and not self._endless():
            if self._expects():
                self._link.write(CONTINUE)
            self._link.resume_reading()
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        if self._size > limit or self._endless():
            raise body_too_large(limit)
        if self._crowded:
            raise gateway_full()
        parts, self._parts = self._parts, []
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def start(self, status: int, headers: Pairs) -> None:
        """Begin to answer. The head leaves with the first bytes of the body, or by `flush`."""
        lines, sized, kept = [], False, self._keep and self._link.may_stay() and self.received
        for name, value in (*headers, *self.beside) if self.beside else headers:
            sized = sized or name == b"content-length"
            lines.append(b"%b: %b\r\n" % (name, value))
        self._body = not heads.bodiless(status) and self.method != "HEAD"
        self._chunked = self._body and not sized and self._modern
        if self._chunked:
            lines.append(b"transfer-encoding: chunked\r\n")
        self._keep = kept and (sized or self._chunked or not self._body)
        if not self._keep:
            lines.append(b"connection: close\r\n")
        self._head = b"%b%b\r\n" % (heads.status_line(status), b"".join(lines))
        self.started = True
        self.forget_body()

    def write(self, data: bytes) -> None:
        if not data or not self._body:
            return
        if self._chunked:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        self._link.write(self._head + data if self._head else data)
        self._head = b""

    def flush(self) -> None:
        if self._head:
            self._link.write(self._head)
            self._head = b""

    def end(self, data: bytes = b"") -> None:
        """Say the rest, and that it is all."""
        if not self._body:
            data = b""
        elif self._chunked:
            last = b"%x\r\n%b\r\n" % (len(data), data) if data else b""
            data = last + b"0\r\n\r\n"
        if self._head or data:
            self._link.write(self._head + data)
            self._head = b""
        self._link.over(self._keep)

    def cut(self) -> None:
        """Close the connection in the middle: the only way to say that an answer broke off."""
        self._link.abort()

    def took(self, part: bytes) -> None:
        """A part of the body has come."""
        self._size += len(part)
        if self._size <= UNASKED or self._admitted(len(part)):
            self._parts.append(part)
        if self._limit is None:
            if self._size > UNASKED:
                self._link.pause_reading()
            return
        self._drop_excess()
        if self._endless():
            self._wake()

    def took_all(self) -> None:
        self.received = True
        self._wake()

    def full(self, yes: bool) -> None:
        """The client reads more slowly than it is written to, or keeps pace again."""
        self.is_full = yes
        if self.throttled:
            self.throttled(yes)

    def forget_body(self) -> None:
        """Nobody needs it any more: answering has begun, or the client is gone."""
        self._parts.clear()
        if self._held:
            self._link.room.give(self._held)
            self._held = 0

    def _admitted(self, size: int) -> bool:
        """Whether the worker has room for so many more bytes of this body."""
        if self._crowded or not self._link.room.take(size):
            self._crowded = True
            self.forget_body()
            return False
        self._held += size
        return True

    def _drop_excess(self) -> None:
        if self._limit is not None and max(self._size, self._announced) > self._limit:
            self.forget_body()

    def _endless(self) -> bool:
        """Whether reading on would only serve to be heard with a refusal, and is not worth it."""
        if self._limit is None:
            return False
        size = max(self._size, self._announced)
        return size > self._limit and (size > READ_ON * self._limit or self._expects())

    def _expects(self) -> bool:
        """Whether the client waits to be asked for its body (RFC 9110, section 10.1.1)."""
        if self._size or not self._modern:
            return False
        return (heads.value_of(self.headers, b"expect") or b"").lower() == b"100-continue"

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)
