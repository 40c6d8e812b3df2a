"""An upstream's answer, handed on as it comes."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from gateway.http1.heads import Pair

type Sink = Callable[[bytes, bool], None]


class Broken(Exception):
    """The upstream hung up, or sent what is no answer of HTTP/1.1."""


class Silent(Exception):
    """The upstream sent nothing for too long; for how many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Line(Protocol):
    """What an answer needs of the connection that it comes on."""

    def pause(self, yes: bool) -> None: ...
    def abort(self) -> None: ...


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
        self, connection: Line, status: int, headers: list[Pair], until_closed: bool
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
