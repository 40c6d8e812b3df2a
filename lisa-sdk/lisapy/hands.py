"""What takes a single step: sends, reads and waits, with httpx. The only twins there are."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from lisapy import transport
from lisapy.steps import Pause, Read, Reply, Send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    import httpx


class Hands:
    """Takes steps and waits for each; holds the answer that is being read."""

    def __init__(self, client: httpx.Client) -> None:
        """Take the client that sends."""
        self._client = client
        self._response: httpx.Response | None = None
        self._pieces: Iterator[bytes] = iter(())

    def __enter__(self) -> Hands:
        return self

    def __exit__(self, *_: object) -> None:
        if self._response is not None:
            self._response.close()

    def __call__(self, step: Any) -> Any:
        """Take a step, and return what came of it."""
        if isinstance(step, Pause):
            return time.sleep(step.seconds)
        url = step.url if isinstance(step, Send) else self._url()
        with transport.told_to_people(url):
            return next(self._pieces, None) if isinstance(step, Read) else self._send(step)

    def _send(self, step: Send) -> Reply:
        response = self._client.send(transport.request(self._client, step), stream=True)
        if transport.streams(step, response):
            self._response, self._pieces = response, response.iter_bytes()
            return transport.reply(response, b"")
        body = transport.Bounded()
        try:
            for piece in response.iter_bytes():
                body.add(piece)
        finally:
            response.close()
        return transport.reply(response, body.whole())

    def _url(self) -> str:
        return str(self._response.url) if self._response is not None else ""


class AsyncHands:
    """Takes steps and awaits each; holds the answer that is being read."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Take the client that sends."""
        self._client = client
        self._response: httpx.Response | None = None
        self._pieces: AsyncIterator[bytes] | None = None

    async def __aenter__(self) -> AsyncHands:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._response is not None:
            await self._response.aclose()

    async def __call__(self, step: Any) -> Any:
        """Take a step, and return what came of it."""
        if isinstance(step, Pause):
            return await asyncio.sleep(step.seconds)
        url = step.url if isinstance(step, Send) else self._url()
        with transport.told_to_people(url):
            return await (self._read() if isinstance(step, Read) else self._send(step))

    async def _send(self, step: Send) -> Reply:
        response = await self._client.send(transport.request(self._client, step), stream=True)
        if transport.streams(step, response):
            self._response, self._pieces = response, response.aiter_bytes()
            return transport.reply(response, b"")
        body = transport.Bounded()
        try:
            async for piece in response.aiter_bytes():
                body.add(piece)
        finally:
            await response.aclose()
        return transport.reply(response, body.whole())

    async def _read(self) -> bytes | None:
        if self._pieces is None:
            return None
        try:
            return await self._pieces.__anext__()
        except StopAsyncIteration:
            return None

    def _url(self) -> str:
        return str(self._response.url) if self._response is not None else ""
