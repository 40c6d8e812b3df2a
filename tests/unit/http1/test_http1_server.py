"""The client's side: what is read of a connection, and what it is told."""

import asyncio
import random

import pytest

from gateway.errors import Refusal
from gateway.http1.exchange import Exchange
from tests.unit.http1.wires import echo, open_hall, request, talking, wire


@pytest.mark.parametrize("seed", range(8))
async def test_a_request_is_understood_however_it_is_cut(seed: int) -> None:
    whole, cuts = request(b"hello", b"/a?b=c"), random.Random(seed)
    async with talking(echo) as client:
        while whole:
            size = cuts.randint(1, 12)
            client.send(whole[:size])
            whole = whole[size:]
            await asyncio.sleep(0.001)
        answer = await client.answer()
    assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\nPOST /a hello"


async def test_chunks_are_joined_and_their_trailers_ignored() -> None:
    head = b"POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with talking(echo) as client:
        answer = await client.asked(head + b"2\r\nab\r\n1\r\nc\r\n0\r\nX-Late: 1\r\n\r\n")
    assert answer.endswith(b"POST /c abc")


async def test_a_connection_serves_many_requests_one_after_the_other() -> None:
    async with talking(echo) as client:
        for number in range(3):
            body = b"%d" % number
            assert (await client.asked(request(body))).endswith(b"POST /x " + body)


async def test_requests_sent_ahead_are_answered_in_order() -> None:
    async def slow_first(exchange: Exchange) -> None:
        if exchange.path == "/1":
            await asyncio.sleep(0.03)
        await echo(exchange)

    ahead = b"".join(request(path=b"/%d" % number) for number in range(1, 200))
    async with talking(slow_first) as client:
        answer = await client.asked(ahead)
    said = [part for part in answer.split() if part.startswith(b"/")]
    assert said == [b"/%d" % number for number in range(1, 200)]


async def test_a_client_that_asks_for_it_is_told_to_send_its_body() -> None:
    head, body = request(b"late", more=b"Expect: 100-continue\r\n").split(b"late")[0], b"late"
    async with talking(echo) as client:
        assert await client.asked(head) == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert (await client.asked(body)).endswith(b"POST /x late")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000, b"431"),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"431"),
        (b"\x16\x03\x01\x02\x00\x01\x00", b"400"),
    ],
)
async def test_what_is_no_request_is_refused_and_the_connection_closed(
    said: bytes, status: bytes
) -> None:
    async with talking(echo) as client:
        answer = await client.asked(said)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert answer.endswith(b"<closed>")


async def test_an_offer_of_another_protocol_is_answered_in_this_one() -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    async with talking(echo) as client:
        assert (await client.asked(request(b"hi", more=offer))).endswith(b"POST /x hi")
        assert (await client.asked(request(b"again"))).endswith(b"POST /x again")


async def test_an_old_client_knows_the_end_of_an_answer_by_the_connections_end() -> None:
    async def unsized(exchange: Exchange) -> None:
        exchange.start(200, [])
        exchange.write(b"one ")
        exchange.end(b"two")

    async with talking(unsized) as client:
        answer = await client.asked(b"GET / HTTP/1.0\r\n\r\n")
    assert answer == b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\none two<closed>"


async def test_an_answer_of_unknown_length_goes_in_chunks_each_at_once() -> None:
    more = asyncio.Event()

    async def stream(exchange: Exchange) -> None:
        exchange.start(200, [])
        exchange.write(b"first")
        await more.wait()
        exchange.end(b"last")

    async with talking(stream) as client:
        begun = await client.asked(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        assert begun.endswith(b"transfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n")
        more.set()
        assert await client.answer() == b"4\r\nlast\r\n0\r\n\r\n"


async def test_a_question_for_the_head_alone_gets_no_body() -> None:
    async with talking(echo) as client:
        answer = await client.asked(b"HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n")
        assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n"
        assert (await client.asked(request())).endswith(b"POST /x ")


async def test_a_body_above_the_limit_is_refused_and_never_held() -> None:
    async def small(exchange: Exchange) -> None:
        try:
            await exchange.body(limit=10)
        except Refusal as refusal:
            exchange.start(refusal.status, [(b"content-length", b"0")])
            exchange.end()

    async with talking(small) as client:
        assert (await client.asked(request(b"x" * 30))).startswith(b"HTTP/1.1 413")
        assert (await client.asked(request(b"x" * 10_000))).startswith(b"HTTP/1.1 413")


async def test_a_body_that_nobody_asked_for_is_not_taken_in() -> None:
    seen: list[Exchange] = []

    async def undecided(exchange: Exchange) -> None:
        seen.append(exchange)
        await asyncio.sleep(0.3)
        exchange.start(401, [(b"content-length", b"0")])
        exchange.end()

    async with open_hall(undecided) as (_, port), wire(port) as client:
        client.send(request(b"x" * 30_000_000))
        answer = await client.answer(quiet=0.5)
        assert answer.startswith(b"HTTP/1.1 401")
        assert sum(map(len, seen[0]._parts)) < 1_000_000
