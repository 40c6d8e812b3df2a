"""The balancer by itself, between real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from local.balancer.server import Balancer
from local.balancer.sockets import free_port, open_socket
from local.balancer.targets import Targets

type Service = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
type Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Setting:
    """A balancer, the servers behind it, and its callers; all of it is closed at the end."""

    def __init__(self, stack: AsyncExitStack, targets: Targets, port: int) -> None:
        self._stack = stack
        self.targets = targets
        self._port = port

    async def server(self, service: Service) -> tuple[str, int]:
        server = await asyncio.start_server(service, "127.0.0.1", 0)
        self._stack.callback(server.close)
        return ("127.0.0.1", server.sockets[0].getsockname()[1])

    async def caller(self) -> Connection:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._stack.push_async_callback(hang_up, writer)
        return reader, writer


async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@asynccontextmanager
async def balanced(patience: float = 10) -> AsyncIterator[Setting]:
    async with AsyncExitStack() as stack:
        targets = Targets()
        listener = open_socket("127.0.0.1", 0)
        balancer = Balancer("lb", targets, patience)
        await balancer.listen(listener)
        stack.callback(balancer.close)
        yield Setting(stack, targets, listener.getsockname()[1])
    # Closed transports let go of their sockets in the next round of the loop.
    await asyncio.sleep(0.05)


async def echo_after_eof(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.read())
    await writer.drain()
    writer.close()


async def test_one_direction_may_end_before_the_other() -> None:
    async with balanced() as setting:
        setting.targets.change([await setting.server(echo_after_eof)])
        reader, writer = await setting.caller()
        sent = b"x" * 3_000_000
        writer.write(sent)
        writer.write_eof()
        assert await reader.read() == sent


async def test_a_caller_waits_for_the_first_target() -> None:
    async with balanced() as setting:
        reader, writer = await setting.caller()
        writer.write(b"hello")
        writer.write_eof()
        answer = asyncio.ensure_future(reader.read())
        assert not (await asyncio.wait([answer], timeout=0.05))[0]
        setting.targets.change([await setting.server(echo_after_eof)])
        assert await answer == b"hello"


async def test_a_dead_target_is_passed_over() -> None:
    async with balanced() as setting:
        living = await setting.server(echo_after_eof)
        setting.targets.change([("127.0.0.1", free_port()), living])
        for _ in range(4):
            reader, writer = await setting.caller()
            writer.write(b"hello")
            writer.write_eof()
            assert await reader.read() == b"hello"


async def test_a_caller_without_any_target_reads_why() -> None:
    async with balanced(patience=0.1) as setting:
        reader, _ = await setting.caller()
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"No target of the load balancer lb" in answer


async def test_a_reader_that_pauses_stops_the_sender() -> None:
    sent = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        while not writer.is_closing():
            writer.write(b"x" * 65_536)
            sent += 65_536
            await writer.drain()

    async with balanced() as setting:
        setting.targets.change([await setting.server(flood)])
        reader, writer = await setting.caller()
        await reader.readexactly(1)
        settled = -1
        while settled != sent:
            settled = sent
            await asyncio.sleep(0.2)
        # What the kernel keeps for two connections, and no more than a little of our own.
        assert sent < 50_000_000


async def test_a_server_that_breaks_off_breaks_off_its_caller() -> None:
    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async with balanced() as setting, asyncio.timeout(5):
        setting.targets.change([await setting.server(break_off)])
        reader, writer = await setting.caller()
        writer.write(b"hello")
        try:
            assert await reader.read() == b""
        except ConnectionResetError as reset:
            assert reset.errno


async def test_a_target_that_dies_before_it_answers_is_exchanged() -> None:
    async def die(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async with balanced() as setting:
        dying, living = await setting.server(die), await setting.server(echo_after_eof)
        setting.targets.change([dying, living])
        for _ in range(4):
            reader, writer = await setting.caller()
            writer.write(b"hello")
            writer.write_eof()
            assert await reader.read() == b"hello"
