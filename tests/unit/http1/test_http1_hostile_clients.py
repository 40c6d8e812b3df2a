"""Clients that try to be two clients, to be heard twice, or to be held for free."""

import asyncio
import socket
import time

import pytest

from gateway.errors import Refusal
from gateway.http1.exchange import Exchange
from gateway.http1.hall import Patience, Room
from tests.unit.http1.wires import QUICK, echo, open_hall, request, talking, wire

HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n"
UPGRADE = b"Connection: Upgrade\r\nUpgrade: h2c\r\n"
SMUGGLED = [
    b"Content-Length: 0\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: 0",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Content-Length: +0",
    b"Content-Length: 0, 0",
    b"Content-Length: 0\r\nContent-Length: 0",
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999999",
    b"X: a\r\n Content-Length: 0",
    b"X: a\nContent-Length: 0",
    b"X: a\rContent-Length: 0",
    b"X: a\x00b",
]


@pytest.mark.parametrize("lines", SMUGGLED)
async def test_a_request_whose_end_could_be_disputed_is_refused_whole(lines: bytes) -> None:
    async with talking(echo) as client:
        answer = await client.asked(
            b"POST /x HTTP/1.1\r\nHost: h\r\n" + lines + b"\r\n\r\n" + HIDDEN, quiet=2
        )
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"/hidden" not in answer
    assert answer.count(b"HTTP/1.1") == 2  # The status, and the name in the reason.


@pytest.mark.parametrize(
    "chunk", [b"5\nhello\n0\n\n", b"0x5\r\nhello\r\n", b"5\r\nhelloXX", b"F" * 17 + b"\r\n"]
)
async def test_chunks_that_could_be_disputed_are_refused(chunk: bytes) -> None:
    head = b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with talking(echo) as client:
        answer = await client.asked(head + chunk, quiet=2)
    assert answer.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "nonsense", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200]
)
async def test_nonsense_sent_ahead_is_refused_after_the_answers_before_it(nonsense: bytes) -> None:
    async def slow(exchange: Exchange) -> None:
        await asyncio.sleep(0.03)
        await echo(exchange)

    async with talking(slow) as client:
        answer = await client.asked(request(b"one") + request(b"two") + nonsense + b"\r\n", quiet=2)
    one, two, refusal = answer.index(b"one"), answer.index(b"two"), answer.index(b"HTTP/1.1 4")
    assert one < two < refusal
    assert answer.endswith(b"<closed>")


async def test_a_body_that_turns_to_nonsense_is_refused_once() -> None:
    head = b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with talking(echo) as client:
        client.send(head + b"2\r\nab\r\n")
        await asyncio.sleep(0.02)
        answer = await client.asked(b"nonsense\r\n" + HIDDEN, quiet=2)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"200 OK" not in answer


async def test_offers_of_another_protocol_are_declined_however_many_come_at_once() -> None:
    async with talking(echo) as client:
        client.send(request(b"x", more=UPGRADE) * 1500)
        assert (await client.answer(quiet=1)).count(b"200 OK") == 1500
        answer = await client.asked(request(b"x", more=UPGRADE) + b"nonsense\r\n\r\n")
    assert answer.index(b"200 OK") < answer.index(b"HTTP/1.1 400")


async def test_a_tunnel_is_not_dug() -> None:
    async with talking(echo) as client:
        answer = await client.asked(b"CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n\x16\x03\x01")
    assert answer.startswith(b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n")  # As any other method.
    assert b"HTTP/1.1 400" in answer


async def test_one_who_never_reads_is_not_answered_without_end() -> None:
    served: list[str] = []

    async def large(exchange: Exchange) -> None:
        served.append(exchange.path)
        exchange.start(200, [(b"content-length", b"1000000")])
        exchange.end(b"x" * 1_000_000)

    async with open_hall(large, QUICK) as (hall, port), wire(port) as client:
        client.stop_reading()
        client.send(request() * 300)
        await asyncio.sleep(0.5)
        assert not hall.connections
    assert len(served) < 100


async def test_one_who_reads_slowly_but_steadily_is_waited_for() -> None:
    async def large(exchange: Exchange) -> None:
        exchange.start(200, [(b"content-length", b"30000000")])
        exchange.end(b"x" * 30_000_000)

    async with open_hall(large, Patience(stall=0.5)) as (_, port):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        client.setblocking(False)
        loop, end = asyncio.get_running_loop(), time.monotonic() + 3
        await loop.sock_connect(client, ("127.0.0.1", port))
        await loop.sock_sendall(client, request())
        while time.monotonic() < end:
            # A reset here is the failure of this test.
            assert await loop.sock_recv(client, 16_384)
            await asyncio.sleep(0.05)
        client.close()


async def test_an_answer_that_closes_does_not_wait_for_ever_to_be_read() -> None:
    async def last(exchange: Exchange) -> None:
        exchange.start(200, [(b"content-length", b"30000000")])
        exchange.end(b"x" * 30_000_000)

    async with open_hall(last, QUICK) as (hall, port), wire(port) as client:
        client.stop_reading()
        client.send(b"GET / HTTP/1.0\r\n\r\n")
        await asyncio.sleep(0.5)
        assert not hall.connections


async def test_a_body_sent_ahead_must_be_complete_in_time_too() -> None:
    late = b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab"
    async with talking(echo, Patience(body=0.1)) as client:
        answer = await client.asked(request(b"first") + late)
        answer += await client.answer(quiet=0.5)
    assert answer.index(b"first") < answer.index(b"HTTP/1.1 408")


async def test_one_who_was_answered_early_and_goes_on_sending_is_not_answered_twice() -> None:
    async def refuse(exchange: Exchange) -> None:
        exchange.start(401, [(b"content-length", b"0")])
        exchange.end()

    async with open_hall(refuse) as (hall, port), wire(port) as client:
        answer = await client.asked(b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab")
        assert answer.startswith(b"HTTP/1.1 401")
        hall.sweep(asyncio.get_running_loop().time() + 10)
        assert await client.answer() == b"<closed>"


async def test_an_app_that_fails_costs_its_connection_and_no_waiting() -> None:
    async def careless(exchange: Exchange) -> None:
        if exchange.path == "/bad":
            return
        await echo(exchange)

    async with open_hall(careless) as (hall, port), wire(port) as client, wire(port) as other:
        assert await client.asked(request(path=b"/bad")) == b"<closed>"
        assert (await other.asked(request(b"fine"))).endswith(b"POST /x fine")
        assert len(hall.connections) == 1


async def large_bodies(exchange: Exchange) -> None:
    try:
        said = b"%d" % len(await exchange.body(limit=1_000_000))
        await asyncio.sleep(0.1)
        status = 200
    except Refusal as refusal:
        said, status = refusal.code.encode(), refusal.status
    exchange.start(status, [(b"content-length", b"%d" % len(said))])
    exchange.end(said)


async def test_more_large_bodies_than_there_is_room_for_are_refused() -> None:
    body = request(b"x" * 600_000)
    async with open_hall(large_bodies) as (hall, port), wire(port) as one, wire(port) as two:
        hall.room = Room(1_000_000)
        first = asyncio.create_task(one.answer(quiet=0.5))
        one.send(body)
        await asyncio.sleep(0.05)
        refused = await two.asked(body)
        assert refused.startswith(b"HTTP/1.1 503")
        assert refused.endswith(b"gateway_busy")
        assert (await first).endswith(b"600000")
        assert hall.room.left == 1_000_000
        two.send(body)
        assert (await two.answer(quiet=0.5)).endswith(b"600000")


async def test_one_who_leaves_gives_his_room_back() -> None:
    async with open_hall(large_bodies) as (hall, port), wire(port) as client:
        hall.room = Room(1_000_000)
        client.send(request(b"x" * 600_000)[:-1])
        await asyncio.sleep(0.1)
        assert hall.room.left < 500_000
        client.leave()
        await asyncio.sleep(0.05)
        assert hall.room.left == 1_000_000


@pytest.mark.parametrize(
    ("size", "told"), [(900_000, b"HTTP/1.1 100 Continue"), (1_000_001, b"HTTP/1.1 413")]
)
async def test_only_a_body_that_would_be_taken_is_asked_for(size: int, told: bytes) -> None:
    head = request(more=b"Expect: 100-Continue\r\n").replace(b"Length: 0", b"Length: %d" % size)
    async with talking(large_bodies) as client:
        assert (await client.asked(head)).startswith(told)


async def test_a_body_is_not_asked_for_before_anybody_wants_it() -> None:
    async def refuse(exchange: Exchange) -> None:
        exchange.start(401, [(b"content-length", b"0")])
        exchange.end()

    head = request(more=b"Expect: 100-continue\r\n").replace(b"Length: 0", b"Length: 9")
    async with talking(refuse) as client:
        assert (await client.asked(head)).startswith(b"HTTP/1.1 401")
