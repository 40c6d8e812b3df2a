"""Answers visitors: with a file at once, else with what a backend says, byte for byte.

One connection carries one forwarded request, so whoever hangs up takes the backend's work with
them, and no answer is ever kept back.
"""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from local.front.heads import Head, Malformed

if TYPE_CHECKING:
    import socket

    from local.front.backends import Backend, Backends
    from local.front.site import Answer, Site

_LONGEST_HEAD = 64 * 1024
_PIECE = 64 * 1024
_IDLE_SECONDS = 75.0
_AWAY = "What answers here is not running. `make status` tells more.\n"


class Front:
    """One listening socket."""

    def __init__(self, site: Site, backends: Backends) -> None:
        self._site, self._backends = site, backends

    async def serve(self, listener: socket.socket) -> None:
        """Until it is cancelled."""
        server = await asyncio.start_server(self._visit, sock=listener, limit=_LONGEST_HEAD)
        try:
            await server.serve_forever()
        finally:
            server.close()

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
                while await self._answer(reader, writer):
                    pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; whether the connection may carry another."""
        try:
            async with asyncio.timeout(_IDLE_SECONDS):
                head = await _head(reader)
        except (Malformed, asyncio.LimitOverrunError):
            refusal = self._site.refusal(HTTPStatus.BAD_REQUEST, "This is no request.\n")
            return await _send(writer, refusal, stays=False)
        backend = self._backends.of(head.target)
        if backend is not None:
            await self._forward(backend, head, reader, writer)
            return False
        stays = head.value("Connection").lower() != "close" and not _has_body(head)
        return await _send(writer, self._file(head), stays)

    def _file(self, head: Head) -> Answer:
        if head.method != "GET":
            return self._site.refusal(HTTPStatus.METHOD_NOT_ALLOWED, "This can only be read.\n")
        compressed = "gzip" in head.value("Accept-Encoding")
        return self._site.answer(head.target.partition("?")[0], compressed)

    async def _forward(
        self,
        backend: Backend,
        head: Head,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        host = f"127.0.0.1:{backend.port}"
        try:
            from_it, to_it = await asyncio.open_connection(
                "127.0.0.1", backend.port, limit=_LONGEST_HEAD
            )
        except OSError:
            await _send(writer, self._site.refusal(HTTPStatus.BAD_GATEWAY, _AWAY), stays=False)
            return
        asked = head.to(backend.target(head.target)).without("Keep-Alive").having("Host", host)
        to_it.write(asked.having("Connection", "close").encoded())
        # Whichever side ends first ends the other: a visitor who leaves is a stream to be stopped.
        sides = {
            asyncio.create_task(_pump(reader, to_it)),
            asyncio.create_task(self._pass_answer(from_it, writer)),
        }
        try:
            await asyncio.wait(sides, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for side in sides:
                side.cancel()
            await asyncio.gather(*sides, return_exceptions=True)
            to_it.close()

    async def _pass_answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            head = await _head(reader)
            while head.status < HTTPStatus.OK:
                writer.write(head.encoded())
                head = await _head(reader)
        except (Malformed, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await _send(writer, self._site.refusal(HTTPStatus.BAD_GATEWAY, _AWAY), stays=False)
            return
        writer.write(head.without("Keep-Alive").having("Connection", "close").encoded())
        await _pump(reader, writer)


async def _head(reader: asyncio.StreamReader) -> Head:
    return Head.parsed(await reader.readuntil(b"\r\n\r\n"))


def _has_body(head: Head) -> bool:
    return head.value("Content-Length") not in ("", "0") or bool(head.value("Transfer-Encoding"))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()


async def _send(writer: asyncio.StreamWriter, answer: Answer, stays: bool) -> bool:
    length = {"Content-Length": str(len(answer.body))}
    headers = answer.headers | length | ({} if stays else {"Connection": "close"})
    start = f"HTTP/1.1 {answer.status.value} {answer.status.phrase}"
    lines = tuple(f"{name}: {value}" for name, value in headers.items())
    writer.write(Head(start, lines).encoded() + answer.body)
    await writer.drain()
    return stays
