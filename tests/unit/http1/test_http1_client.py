"""The upstream's side: answers however they come, connections kept, hung up and given up."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from gateway.http1.answer import Answer, Broken, Silent
from gateway.http1.client import Pool
from gateway.http1.heads import Address, address, request_line

type Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

SIZED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
CLOSED = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"


class Server:
    """Says what it is told for each request, and counts its connections."""

    def __init__(self, *said: bytes, hang_up: bool = False) -> None:
        self.said = said
        self.hang_up = hang_up
        self.connections = 0
        self.left = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while await reader.read(65536):
            for part in self.said:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0.002)
            if self.hang_up or b"Connection: close" in b"".join(self.said):
                break
        self.left.set()
        writer.close()


@asynccontextmanager
async def upstream(server: Server, silence: float = 5.0) -> AsyncIterator[tuple[Pool, Address]]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    where = Address("127.0.0.1", listening.sockets[0].getsockname()[1], False, "")
    pool = Pool(connect_seconds=1, idle_seconds=1, silence=silence)
    try:
        yield pool, where
    finally:
        pool.close()
        listening.close()
        await asyncio.wait_for(listening.wait_closed(), 1)


async def whole(pool: Pool, where: Address) -> tuple[int, bytes]:
    answer = await pool.ask(where, b"POST / HTTP/1.1\r\n\r\n")
    return answer.status, await answer.read(1000)


@pytest.mark.parametrize("said", [SIZED, CHUNKED, CLOSED, EARLY + SIZED])
@pytest.mark.parametrize("seed", range(3))
async def test_an_answer_is_understood_however_it_is_framed_and_cut(said: bytes, seed: int) -> None:
    cuts, parts, rest = random.Random(seed), [], said
    while rest:
        size = cuts.randint(1, 40)
        parts.append(rest[:size])
        rest = rest[size:]
    async with upstream(Server(*parts)) as (pool, where):
        assert await whole(pool, where) == (200, b"hello")


@pytest.mark.parametrize(("said", "connections"), [(SIZED, 1), (CHUNKED, 1), (CLOSED, 3)])
async def test_a_connection_is_used_again_where_it_may(said: bytes, connections: int) -> None:
    server = Server(said)
    async with upstream(server) as (pool, where):
        for _ in range(3):
            await whole(pool, where)
    assert server.connections == connections


async def test_parts_are_handed_on_as_they_come_and_the_last_one_is_known() -> None:
    seen: list[tuple[bytes, bool]] = []
    head, *parts = (
        CHUNKED.replace(b"\r\n\r\n3", b"\r\n\r\n|3").replace(b"\r\n2", b"\r\n|2").split(b"|")
    )
    async with upstream(Server(head, *parts)) as (pool, where):
        answer = await pool.ask(where, b"POST / HTTP/1.1\r\n\r\n")
        await answer.relay(lambda part, last: seen.append((part, last)))
    assert seen == [(b"hel", False), (b"lo", True)]


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-x\r\n", SIZED[:-2], CHUNKED[:-12], b"HTTP/1.1 200 OK\r\nA: " + b"b" * 99_000],
)
async def test_an_upstream_that_hangs_up_or_says_nonsense_is_broken(said: bytes) -> None:
    async with upstream(Server(said, hang_up=True)) as (pool, where):
        with pytest.raises(Broken):
            await whole(pool, where)


@pytest.mark.parametrize("said", [b"", SIZED[:-2]])
async def test_an_upstream_that_falls_silent_is_given_up(said: bytes) -> None:
    server = Server(said) if said else Server()
    async with upstream(server, silence=0.05) as (pool, where):
        asking = asyncio.create_task(whole(pool, where))
        await asyncio.sleep(0.1)
        pool.sweep(asyncio.get_running_loop().time())
        with pytest.raises(Silent):
            await asking


async def test_an_answer_that_is_left_hangs_up_on_its_upstream() -> None:
    server = Server(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"a")
    async with upstream(server) as (pool, where):
        answer = await pool.ask(where, b"POST / HTTP/1.1\r\n\r\n")
        answer.close()
        await asyncio.wait_for(server.left.wait(), 1)


async def test_a_question_that_is_cancelled_hangs_up_too() -> None:
    server = Server()
    async with upstream(server) as (pool, where):
        asking = asyncio.create_task(whole(pool, where))
        await asyncio.sleep(0.05)
        asking.cancel()
        await asyncio.wait_for(server.left.wait(), 1)


async def test_an_answer_larger_than_what_is_read_is_broken() -> None:
    said = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 5000
    async with upstream(Server(said)) as (pool, where):
        with pytest.raises(Broken):
            await whole(pool, where)


async def test_what_fails_while_handing_on_is_told_to_whoever_asked() -> None:
    def careless(part: bytes, last: bool) -> None:
        raise RuntimeError("careless")

    async with upstream(Server(SIZED[:-2], b"lo")) as (pool, where):
        answer: Answer = await pool.ask(where, b"POST / HTTP/1.1\r\n\r\n")
        with pytest.raises(RuntimeError, match="careless"):
            await answer.relay(careless)


async def test_idle_connections_are_closed_before_their_upstream_does() -> None:
    server = Server(SIZED)
    async with upstream(server) as (pool, where):
        await whole(pool, where)
        pool.sweep(asyncio.get_running_loop().time() + 2)
        await asyncio.wait_for(server.left.wait(), 1)
        await whole(pool, where)
    assert server.connections == 2


@pytest.mark.parametrize("base", ["ftp://x", "http://", "https://x:99999", "//x", "http://[::1"])
def test_what_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the parser's own words differ by what is wrong)
        address(base)


def test_a_request_names_its_host_as_browsers_do() -> None:
    assert request_line("POST", "http://h:80/v1/", "c") == b"POST /v1/c HTTP/1.1\r\nhost: h\r\n"
    assert b"host: h:8443\r\n" in request_line("POST", "https://h:8443", "c")
    assert b"host: [::1]:81\r\n" in request_line("POST", "http://[::1]:81", "c")
    with pytest.raises(ValueError, match="web address"):
        request_line("POST", "http://h/a b\r\nx: y", "c")
