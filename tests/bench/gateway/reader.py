"""One connection of the load generator: asks, and checks every byte of the answer."""

import asyncio
from collections.abc import Callable
from typing import cast

import orjson
from httptools import HttpParserError, HttpResponseParser

from tests.bench.gateway.frames import DONE, END_OF_EVENT, MARK, microseconds, stamp_of
from tests.bench.gateway.orders import Order, Tally

DATA = b"data: "
LAST = DONE.removesuffix(END_OF_EVENT)

type Finished = Callable[["Reader"], None]


class Reader(asyncio.Protocol):
    """A keep-alive connection that has at most one request under way."""

    def __init__(self, order: Order, number: int, tally: Tally, finished: Finished) -> None:
        self.number = number
        self.open = False
        self.busy = False
        self._order = order
        self._request = order.request(number)
        self._tally = tally
        self._finished = finished
        self._parser: HttpResponseParser
        self._transport: asyncio.Transport
        self._asked = self._now = 0
        self._events = Events(order.events, number, tally)
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._parser = HttpResponseParser(self)
        self.open = True

    def connection_lost(self, _: Exception | None) -> None:
        self.open = False
        if self.busy:
            self._end(failed=True)

    def ask(self, since: int | None = None) -> None:
        """Send the request; `since` is when it ought to have been sent, if that was earlier."""
        self.busy, self._body = True, b""
        self._asked = since or microseconds()
        self._events.begin(self._asked)
        self._tally.expected += self._order.events
        self._transport.write(self._request)

    def close(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._now = microseconds()
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self._tally.damaged += 1
            self._transport.abort()

    def on_body(self, part: bytes) -> None:
        if self._order.events and self._parser.get_status_code() == 200:
            self._events.feed(part, self._now)
        else:
            self._body += part

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        self._tally.statuses[status] += 1
        if status == 200:
            self._tally.whole.append(self._now - self._asked)
        self.open = self._parser.should_keep_alive()
        if not self.open:
            self._transport.close()
        self._end(failed=status == 200 and not self._sound())

    def _sound(self) -> bool:
        if self._order.events:
            return self._events.ended
        return b'"usage"' in self._body and isinstance(orjson.loads(self._body), dict)

    def _end(self, failed: bool) -> None:
        self.busy = False
        self._tally.failed += failed
        self._finished(self)


class Events:
    """The events of one streamed answer: each is checked for owner, order and form."""

    def __init__(self, expected: int, owner: int, tally: Tally) -> None:
        self._expected = expected
        self._owner = owner
        self._tally = tally
        self._rest = b""
        self._next = 0
        self._asked = 0
        self.ended = False

    def begin(self, asked: int) -> None:
        self._rest, self._next, self._asked, self.ended = b"", 0, asked, False

    def feed(self, part: bytes, now: int) -> None:
        *events, self._rest = (self._rest + part).split(END_OF_EVENT)
        for event in events:
            stamp = stamp_of(event)
            if stamp is None:
                self._unstamped(event)
                continue
            if not self._next:
                self._tally.first.append(now - self._asked - stamp.waited)
            if (stamp.stream, stamp.number) != (self._owner, self._next):
                self._tally.damaged += 1
            self._next = stamp.number + 1
            self._tally.received += 1
            self._tally.transit.append(now - stamp.sent)

    def _unstamped(self, event: bytes) -> None:
        if event == LAST:
            self.ended = self._next == self._expected
        elif MARK in event or not (event.startswith(DATA) and is_json(event.removeprefix(DATA))):
            self._tally.damaged += 1


def is_json(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True
