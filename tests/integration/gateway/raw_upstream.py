"""An upstream that writes bytes of its own choosing, and sees when it is hung up on.

The first segment of its address says what it does: `/silent/v1`, `/garbage/v1`, ...
"""

import asyncio
import gzip
import json
import socket
import struct
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from threading import Event, Thread

from tests.integration.gateway.upstream_shapes import whole

type Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
type Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

BODY = json.dumps(whole("chat/completions", {"model": "raw"})).encode()
TYPE = b"Content-Type: application/json\r\n"
SIZED = b"HTTP/1.1 200 OK\r\n%bContent-Length: %d\r\n\r\n%b" % (TYPE, len(BODY), BODY)
HALF = SIZED[: -len(BODY) // 2]
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
EVENT = b'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n'
CHUNK = b"%x\r\n%b\r\n" % (len(EVENT), EVENT)
EARLY = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
ZIPPED = gzip.compress(BODY)
PACKED = b"HTTP/1.1 200 OK\r\n%bContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"

BUSY = b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"

SAID = {
    "silent": b"",
    "falls-silent": STREAM + CHUNK,
    "silent-after-its-head": STREAM,
    "busy": BUSY,
    "garbage": b"SSH-2.0-OpenSSH_9.6\r\n",
    "bad-chunks": STREAM + b"ZZ\r\nhello\r\n",
    "bad-chunks-later": STREAM + CHUNK + b"ZZ\r\nhello\r\n",
    "two-lengths": SIZED.replace(b"Content-Length", b"Content-Length: 1\r\nContent-Length"),
    "interim": EARLY + SIZED,
    "long": SIZED + b"HTTP/1.1 500 Not Yours\r\nContent-Length: 4\r\n\r\nevil",
    "gzip": PACKED % (TYPE, len(ZIPPED), ZIPPED),
}


class RawUpstream:
    """Counts the questions, the bytes that it could say, and when each behaviour was left."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.asked: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self.left: dict[str, float] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def base(self, behaviour: str) -> str:
        return f"http://127.0.0.1:{self.port}/{behaviour}/v1"

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        start = asyncio.start_server(self._serve, sock=self._socket, limit=64 * 1024 * 1024)
        server = self._loop.run_until_complete(start)
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = ""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                name = head.split(b"/", 2)[1].decode()
                self.asked[name] += 1
                await self._answer(name, head, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left[name] = time.monotonic()
        finally:
            writer.close()

    async def _answer(
        self, name: str, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if name == "hasty":
            writer.write(SIZED)
        length = next(line for line in head.lower().split(b"\r\n") if b"content-length" in line)
        await reader.readexactly(int(length.split(b":")[1]))
        if name in SAID:
            writer.write(SAID[name])
        elif name in SPECIAL:
            await SPECIAL[name](self, writer)

    async def reset(self, writer: asyncio.StreamWriter) -> None:
        await writer.drain()
        await asyncio.sleep(0.02)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def reset_later(self, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + CHUNK)
        await self.reset(writer)

    async def trickle(self, writer: asyncio.StreamWriter) -> None:
        for byte in SIZED:
            writer.write(bytes([byte]))
            await asyncio.sleep(0.003)

    async def head_without_end(self, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(1600):
            line = b"X-More: %b\r\n" % (b"b" * 65_000)
            writer.write(line)
            await writer.drain()
            self.said["head-without-end"] += len(line)

    async def recover(self, writer: asyncio.StreamWriter) -> None:
        """Busy for the first two, as a server is that starts."""
        writer.write(BUSY if self.asked["recovers"] <= 2 else SIZED)

    async def flood(self, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        part = b"%x\r\n%b\r\n" % (100 * len(EVENT), 100 * EVENT)
        while True:
            writer.write(part)
            await writer.drain()
            self.said["floods"] += len(part)

    async def short(self, writer: asyncio.StreamWriter) -> None:
        writer.write(HALF)
        writer.close()

    async def once(self, writer: asyncio.StreamWriter) -> None:
        """Answers one question on each connection, and hangs up when asked the next."""
        if getattr(writer, "answered", False):
            writer.transport.abort()
            raise ConnectionResetError
        writer.answered = True  # type: ignore[attr-defined]
        writer.write(SIZED)


SPECIAL: dict[str, Callable[[RawUpstream, asyncio.StreamWriter], Awaitable[None]]] = {
    "resets": RawUpstream.reset,
    "resets-later": RawUpstream.reset_later,
    "trickles": RawUpstream.trickle,
    "head-without-end": RawUpstream.head_without_end,
    "floods": RawUpstream.flood,
    "recovers": RawUpstream.recover,
    "short": RawUpstream.short,
    "once": RawUpstream.once,
}
BEHAVIOURS = (*SAID, *SPECIAL, "hasty")
