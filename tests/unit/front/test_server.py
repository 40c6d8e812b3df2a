"""Visitors get files and what backends say; who leaves takes the backend's work with them."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from local.front.backends import Backend, Backends
from local.front.server import Front
from local.front.site import Site
from tests.unit.front.test_site import HEADERS

type Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
type Answering = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def backend(answering: Answering) -> AsyncIterator[int]:
    server = await asyncio.start_server(answering, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@asynccontextmanager
async def visit(folder: Path, port: int) -> AsyncIterator[Streams]:
    """A connection to a front whose API and gateway answer at a port."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()
    both = Backends(Backend(port, "/api"), Backend(port))
    serving = asyncio.create_task(Front(Site(folder, HEADERS), both).serve(listener))
    reader, writer = await asyncio.open_connection(*address)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        serving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await serving


async def test_a_connection_carries_several_files(tmp_path: Path) -> None:
    (tmp_path / "env.js").write_text("window.env = {};")
    async with visit(tmp_path, 1) as (reader, writer):
        for _ in range(2):
            writer.write(b"GET /env.js?now HTTP/1.1\r\nHost: here\r\n\r\n")
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert await reader.readexactly(16) == b"window.env = {};"


async def test_a_request_is_forwarded_with_its_body(tmp_path: Path) -> None:
    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"POST /api/v1/x?a=b HTTP/1.1\r\n")
        assert b"Connection: close" in head
        writer.write(b"HTTP/1.1 201 Created\r\nConnection: keep-alive\r\n\r\n")
        writer.write(await reader.readexactly(4))
        writer.close()

    async with backend(answering) as port, visit(tmp_path, port) as (reader, writer):
        writer.write(b"POST /v1/x?a=b HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody")
        answer = await reader.read()
    assert answer == b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nbody"


async def test_a_stream_arrives_piece_by_piece_and_ends_with_its_visitor(tmp_path: Path) -> None:
    left = asyncio.Event()

    async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n")
        assert await reader.read() == b""
        writer.close()
        left.set()

    async with backend(answering) as port, visit(tmp_path, port) as (reader, writer):
        writer.write(b"GET /v2/serve/x HTTP/1.1\r\n\r\n")
        await asyncio.wait_for(reader.readuntil(b"data: 1\n\n"), 5)
        writer.close()
        await asyncio.wait_for(left.wait(), 5)


@pytest.mark.parametrize("target", [b"/v1/x", b"/v2/serve/x"])
async def test_a_backend_that_does_not_answer_is_said_so(tmp_path: Path, target: bytes) -> None:
    async def answering(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with backend(answering) as port, visit(tmp_path, port) as (reader, writer):
        writer.write(b"GET " + target + b" HTTP/1.1\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 502 Bad Gateway\r\n")


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"POST / HTTP/1.1\r\n\r\n", b"405"), (b"nonsense\r\n\r\n", b"400"), (b"x" * 70_000, b"400")],
)
async def test_what_is_no_request_for_a_file_is_refused(
    tmp_path: Path, sent: bytes, status: bytes
) -> None:
    async with visit(tmp_path, 1) as (reader, writer):
        writer.write(sent)
        assert (await reader.readline()).split(b" ")[1] == status
