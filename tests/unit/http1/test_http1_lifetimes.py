"""How long connections live: clients that leave, dawdle or do not read, and servers that end."""

import asyncio
import time

import pytest

from gateway.http1.exchange import Exchange
from tests.unit.http1.wires import QUICK, echo, open_hall, request, talking, wire


async def until(condition: asyncio.Event, seconds: float = 2.0) -> None:
    await asyncio.wait_for(condition.wait(), seconds)


@pytest.mark.parametrize("parts", [[request(b"hi")], [request(b"hi")[:-2], b"hi"]])
async def test_work_for_a_client_that_left_is_cancelled_at_once(parts: list[bytes]) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def endless(exchange: Exchange) -> None:
        try:
            begun.set()
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()

    async with talking(endless) as client:
        for part in parts:
            # Many clients send head and body apart.
            client.send(part)
            await asyncio.sleep(0.02)
        await until(begun)
        client.leave()
        left = time.monotonic()
        await until(cancelled)
    assert time.monotonic() - left < 0.1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"POST /x HT", b"HTTP/1.1 408"),
        (b"POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc", b"HTTP/1.1 408"),
        (b"", b"<closed>"),
        (request(b"whole"), b"HTTP/1.1 200"),
    ],
)
async def test_a_client_that_dawdles_is_not_waited_for(said: bytes, status: bytes) -> None:
    async with talking(echo, QUICK) as client:
        client.send(said)
        answer = await client.answer(quiet=1)
    assert answer.startswith(status)
    assert answer.endswith(b"<closed>")


async def test_one_that_sends_slowly_but_steadily_is_waited_for() -> None:
    async with talking(echo, QUICK) as client:
        client.send(b"POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
        for _ in range(9):
            await asyncio.sleep(0.04)
            client.send(b"z")
        assert b"POST /x zzzzzzzzz" in await client.answer()


async def test_one_that_does_not_read_holds_the_answer_back_and_is_left_in_the_end() -> None:
    held, cancelled = asyncio.Event(), asyncio.Event()

    async def flood(exchange: Exchange) -> None:
        exchange.throttled = lambda yes: held.set() if yes else held.clear()
        exchange.start(200, [])
        try:
            while True:
                if not exchange.is_full:
                    exchange.write(b"x" * 65536)
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            cancelled.set()

    async with open_hall(flood, QUICK) as (_, port), wire(port) as client:
        client._reader._limit = 1  # type: ignore[attr-defined]
        client.send(request())
        await until(held)
        await until(cancelled)


async def test_a_hall_that_is_left_ends_answers_and_closes_idle_connections() -> None:
    more = asyncio.Event()

    async def stream(exchange: Exchange) -> None:
        exchange.start(200, [])
        exchange.write(b"a")
        await more.wait()
        exchange.end(b"b")

    async with open_hall(stream) as (hall, port), wire(port) as busy, wire(port) as idle:
        await busy.asked(request())
        hall.leave()
        assert await idle.answer() == b"<closed>"
        assert hall.busy()
        more.set()
        assert (await busy.answer()).endswith(b"0\r\n\r\n<closed>")
        assert not hall.busy()


async def test_a_hall_that_is_left_still_answers_whoever_comes_but_keeps_nobody() -> None:
    async with open_hall(echo) as (hall, port):
        hall.leave()
        async with wire(port) as late:
            answer = await late.asked(request())
    assert b"connection: close\r\n" in answer
    assert answer.endswith(b"POST /x <closed>")
