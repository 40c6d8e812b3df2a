"""Upstreams that say too much, and what cancels at the worst moment."""

import asyncio

import pytest

from gateway import headers
from gateway.http1.answer import Broken
from tests.unit.http1.test_http1_client import CLOSED, EARLY, SIZED, Server, upstream, whole

QUESTION = b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    "surplus", [SIZED, b"HTT", b"nonsense", b"HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nbad"]
)
async def test_what_follows_an_answer_is_nobodys_and_ends_its_connection(surplus: bytes) -> None:
    server = Server(SIZED + surplus)
    async with upstream(server) as (pool, where):
        for _ in range(3):
            assert await asyncio.wait_for(whole(pool, where), 1) == (200, b"hello")
    assert server.connections == 3


async def test_what_follows_the_last_answer_of_a_connection_does_no_harm() -> None:
    said = SIZED.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n") + b"more"
    async with upstream(Server(said)) as (pool, where):
        assert await whole(pool, where) == (200, b"hello")


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked",
        b"Content-Length: 5\r\nContent-Length: 6",
        b"X: a\r\n Content-Length: 5",
        b"X: a\nContent-Length: 5",
        b"Transfer-Encoding: chunked\r\n\r\nZZ",
    ],
)
async def test_an_answer_whose_end_could_be_disputed_is_broken(lines: bytes) -> None:
    said = b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n\r\nhello"
    async with upstream(Server(said, hang_up=True)) as (pool, where):
        with pytest.raises(Broken):
            await whole(pool, where)


@pytest.mark.parametrize("early", [EARLY, b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"])
async def test_promises_without_an_answer_end(early: bytes) -> None:
    async with upstream(Server(early * 5000, hang_up=True)) as (pool, where):
        with pytest.raises(Broken):
            await asyncio.wait_for(whole(pool, where), 1)


async def test_an_answer_that_came_before_its_asker_looked_is_still_his() -> None:
    async with upstream(Server(CLOSED, hang_up=True)) as (pool, where):
        answer = await pool.ask(where, QUESTION)
        await asyncio.sleep(0.05)
        assert await answer.read(100) == b"hello"


async def test_a_question_cancelled_as_its_answer_came_harms_no_other() -> None:
    server = Server(SIZED)
    async with upstream(server) as (pool, where):
        await whole(pool, where)
        (connection,) = pool._all
        first = asyncio.create_task(pool.ask(where, QUESTION))
        await asyncio.sleep(0)
        # In one turn of the loop: the answer is there, another takes the connection, he leaves.
        connection.data_received(SIZED)
        second = asyncio.create_task(pool.ask(where, QUESTION))
        first.cancel()
        answer = await second
        assert first.cancelled()
        assert await answer.read(100) == b"hello"
    assert server.connections == 1


async def test_an_upstream_that_answers_before_it_has_read_all_is_not_asked_again_there() -> None:
    async def hasty(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(SIZED)
        await reader.read(10)
        await asyncio.sleep(0.2)
        writer.close()

    server = Server()
    server.serve = hasty  # type: ignore[method-assign]
    async with upstream(server) as (pool, where):
        answer = await pool.ask(where, QUESTION + b"x" * 20_000_000)
        assert await answer.read(100) == b"hello"
        assert not pool._idle


def test_only_the_header_that_was_read_here_is_read_there() -> None:
    asked = [(b"content-type", b"application/json"), (b"content-type", b"multipart/form-data")]
    lines = headers.upstream(asked, b"req_1", b"", None)
    assert lines.count(b"content-type") == 1
    assert b"content-type: application/json\r\n" in lines


@pytest.mark.parametrize(("encoding", "readable"), [([], True), ([b"gzip"], False)])
def test_events_are_not_looked_for_in_what_is_compressed(
    encoding: list[bytes], readable: bool
) -> None:
    said = [(b"content-encoding", value) for value in encoding]
    assert headers.is_event_stream([(b"content-type", b"text/event-stream"), *said]) is readable
