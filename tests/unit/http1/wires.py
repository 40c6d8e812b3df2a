"""A hall on a real socket, and clients that send bytes as they please."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateway.http1.exchange import Exchange
from gateway.http1.hall import App, Hall, Patience
from gateway.http1.server import Connection
from gateway.http1.service import hold_little_back

QUICK = Patience(head=0.1, body=0.1, idle=0.1, stall=0.1)


class Wire:
    """One connection; `answer` reads until the other side is silent for a moment, or gone."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def answer(self, quiet: float = 0.1) -> bytes:
        parts: list[bytes] = []
        while True:
            try:
                part = await asyncio.wait_for(self._reader.read(65536), quiet)
            except TimeoutError:
                return b"".join(parts)
            if not part:
                return b"".join(parts) + b"<closed>"
            parts.append(part)

    async def asked(self, data: bytes, quiet: float = 0.1) -> bytes:
        self.send(data)
        return await self.answer(quiet)

    def stop_reading(self) -> None:
        self._writer.transport.pause_reading()  # type: ignore[attr-defined]

    def leave(self) -> None:
        self._writer.transport.abort()


@asynccontextmanager
async def open_hall(app: App, patience: Patience | None = None) -> AsyncIterator[tuple[Hall, int]]:
    hall = Hall(app, patience or Patience())
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    hold_little_back(listener)
    server = await loop.create_server(lambda: Connection(hall), sock=listener)
    sweeping = asyncio.create_task(_sweep(hall))
    try:
        yield hall, server.sockets[0].getsockname()[1]
    finally:
        sweeping.cancel()
        server.close()
        hall.abandon()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def wire(port: int) -> AsyncIterator[Wire]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.transport.abort()


@asynccontextmanager
async def talking(app: App, patience: Patience | None = None) -> AsyncIterator[Wire]:
    async with open_hall(app, patience) as (_, port), wire(port) as client:
        yield client


async def _sweep(hall: Hall) -> None:
    while True:
        await asyncio.sleep(0.02)
        hall.sweep(asyncio.get_running_loop().time())


async def echo(exchange: Exchange) -> None:
    """Answers with what it was sent: method, path and body."""
    body = await exchange.body(limit=1000)
    said = b"%b %b %b" % (exchange.method.encode(), exchange.path.encode(), body)
    exchange.start(200, [(b"content-length", b"%d" % len(said))])
    exchange.end(said)


def request(body: bytes = b"", path: bytes = b"/x", more: bytes = b"") -> bytes:
    head = b"POST %b HTTP/1.1\r\nHost: h\r\n%bContent-Length: %d\r\n\r\n"
    return head % (path, more, len(body)) + body
