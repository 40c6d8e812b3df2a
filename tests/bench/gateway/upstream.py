"""A fake model server, as cheap as Python can make it: `python -m tests.bench.gateway.upstream FD`.

It serves on an inherited socket. A whole answer is fixed and has its usage. A stream has
`max_tokens` stamped events, at the pace and for the owner that `seed` says, no gap meaning back to
back, then usage if it was asked for. The address says how it misbehaves: `/refusing/v1` answers
429, `/dying/v1` breaks off after three events.
"""

import asyncio
import heapq
import socket
import sys
from typing import Any, cast

import orjson
import uvloop
from httptools import HttpRequestParser

from tests.bench.gateway import frames
from tests.bench.gateway.frames import microseconds
from tests.bench.gateway.orders import owner_and_gap

BATCH = 16
DIES_AFTER = 3
JSON = b"HTTP/1.1 %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b"
STREAM = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
LAST = b"0\r\n\r\n"
USED = {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}
SAID = {"role": "assistant", "content": "five tokens and no more"}
COMMON = {"id": "c-1", "created": 1, "model": "bench", "usage": USED}


def written(payload: object, status: bytes = b"200 OK") -> bytes:
    body = orjson.dumps(payload)
    return JSON % (status, len(body), body)


def choices(**said: object) -> dict[str, Any]:
    return {**COMMON, "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, **said}]}


CHAT = written({**choices(message=SAID), "object": "chat.completion"})
TEXT = written({**choices(text="five tokens and no more"), "object": "text_completion"})
VECTOR = {"object": "embedding", "index": 0, "embedding": [0.25, -0.5, 0.125, 1.0]}
VECTORS = written({**COMMON, "object": "list", "data": [VECTOR]})
# Peers look for their workers' health and models before they send anything to them.
LISTED = written({"object": "list", "data": [{"id": "bench", "object": "model"}]})
REFUSAL = {"message": "Too many requests.", "type": "rate_limit_error", "code": "busy"}
REFUSED = written({"error": REFUSAL}, b"429 Too Many Requests")


def whole(path: bytes) -> bytes:
    if path.endswith(b"/embeddings"):
        return VECTORS
    return CHAT if path.endswith(b"/chat/completions") else TEXT


def in_chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


class Connection(asyncio.Protocol):
    """One caller's connection: one request after the other."""

    def __init__(self, wheel: "Wheel") -> None:
        self._wheel = wheel
        self._parser = HttpRequestParser(self)
        self._path = b""
        self._body = b""
        self._stream: Stream | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, _: Exception | None) -> None:
        if self._stream:
            self._stream.left = True

    def pause_writing(self) -> None:
        if self._stream:
            self._stream.paused = True

    def resume_writing(self) -> None:
        if self._stream:
            self._stream.resume()

    def on_url(self, part: bytes) -> None:
        self._path += part

    def on_body(self, part: bytes) -> None:
        self._body += part

    def on_message_complete(self) -> None:
        path, body, self._path, self._body = self._path, self._body, b"", b""
        self._answer(path, orjson.loads(body) if body else None)

    def _answer(self, path: bytes, asked: dict[str, Any] | None) -> None:
        if asked is None:
            self.transport.write(LISTED)
        elif path.startswith(b"/refusing"):
            self.transport.write(REFUSED)
        elif asked.get("stream"):
            self._stream = Stream(self.transport, asked, dies=path.startswith(b"/dying"))
            self.transport.write(STREAM)
            if self._stream.gap:
                self._wheel.add(self._stream)
            else:
                self._stream.resume()
        else:
            self.transport.write(whole(path))


class Stream:
    """One streamed answer in the making."""

    def __init__(self, transport: asyncio.Transport, asked: dict[str, Any], dies: bool) -> None:
        self._owner, self.gap = owner_and_gap(int(asked.get("seed") or 0))
        self.begun = microseconds()
        self.left = False
        self.paused = False
        self._transport = transport
        self._count = int(asked.get("max_tokens") or 16)
        self._counted = bool((asked.get("stream_options") or {}).get("include_usage"))
        self._dies = dies
        self._next = 0

    def step(self) -> bool:
        """Send the next event; False when that was the last, or nobody listens any more."""
        if self.left:
            return False
        self._transport.write(self._event(microseconds()))
        return not self._ended()

    def resume(self) -> None:
        """Send back to back until the reader is too slow."""
        self.paused = False
        while not (self.gap or self.paused or self.left or self._next == self._count):
            now, end = microseconds(), min(self._next + BATCH, self._count)
            self._transport.write(b"".join(self._event(now) for _ in range(self._next, end)))
            if self._ended():
                return

    def _event(self, now: int) -> bytes:
        number, self._next = self._next, self._next + 1
        return in_chunk(frames.event(self._owner, number, now - self.begun, now))

    def _ended(self) -> bool:
        if self._dies and self._next >= DIES_AFTER:
            self.left = True
            self._transport.abort()
        elif self._next == self._count:
            counted = in_chunk(frames.usage(self._count)) if self._counted else b""
            ending = (in_chunk(frames.STOP), counted, in_chunk(frames.DONE), LAST)
            self._transport.write(b"".join(ending))
        else:
            return False
        return True


class Wheel:
    """All paced streams on one timer; each keeps to its own schedule, however late one event was.

    Its resolution is the loop's, a millisecond: what is due by then is sent together.
    """

    def __init__(self) -> None:
        self._due: list[tuple[int, int, Stream]] = []
        self._turning = False
        self._added = 0

    def add(self, stream: Stream) -> None:
        self._push(stream.begun + stream.gap, stream)
        if not self._turning:
            self._turn()

    def _push(self, when: int, stream: Stream) -> None:
        self._added += 1
        heapq.heappush(self._due, (when, self._added, stream))

    def _turn(self) -> None:
        now = microseconds()
        while self._due and self._due[0][0] <= now:
            when, _, stream = heapq.heappop(self._due)
            if stream.step():
                self._push(when + stream.gap, stream)
        self._turning = bool(self._due)
        if self._turning:
            # Less than a millisecond would be none at all: the loop would spin until then.
            wait = min(max(self._due[0][0] - now, 1000), 2000)
            asyncio.get_running_loop().call_later(wait / 1e6, self._turn)


async def main(listen_fd: int) -> None:
    loop, wheel = asyncio.get_running_loop(), Wheel()
    listener = socket.socket(fileno=listen_fd)
    server = await loop.create_server(lambda: Connection(wheel), sock=listener, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
