"""Reading bodies and noticing who left."""

import asyncio
from typing import Any

import pytest

from gateway.asgi import dump, json_object, read_body, while_connected
from gateway.errors import ClientGone, Refusal


class Client:
    """What a server would receive from a client, message by message, then silence."""

    def __init__(self, *parts: bytes, leaves: bool = False) -> None:
        messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": part, "more_body": True} for part in parts
        ]
        if messages and not leaves:
            messages[-1]["more_body"] = False
        if leaves:
            messages.append({"type": "http.disconnect"})
        self._messages = iter(messages)
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        message = next(self._messages, None)
        if message is None:
            await self.left.wait()
        return message or {"type": "http.disconnect"}


async def test_a_body_is_read_whole() -> None:
    assert await read_body(Client(b"ab", b"", b"cd").receive, limit=4) == b"abcd"


async def test_a_body_above_the_limit_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        await read_body(Client(b"abc", b"de").receive, limit=4)
    assert refused.value.status == 413


async def test_a_client_that_never_stops_sending_is_not_waited_for() -> None:
    endless = Client(*[b"abcd"] * 100, leaves=True)
    with pytest.raises(Refusal) as refused:
        await read_body(endless.receive, limit=4)
    assert refused.value.status == 413


async def test_a_client_that_leaves_while_sending_gets_no_answer() -> None:
    with pytest.raises(ClientGone):
        await read_body(Client(b"ab", leaves=True).receive, limit=4)


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b'"x"', b"NaN", b'{"a": NaN}'])
def test_what_is_not_a_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        json_object(body)
    assert (refused.value.status, refused.value.code) == (400, "invalid_json")


def test_nesting_without_end_is_refused_and_harms_nobody() -> None:
    with pytest.raises(Refusal):
        json_object(b'{"a":' + b"[" * 100_000)


def test_numbers_beyond_64_bits_survive_being_written_again() -> None:
    assert dump({"seed": 2**70}) == b'{"seed": 1180591620717411303424}'


async def test_work_is_cancelled_when_the_client_leaves() -> None:
    client, cancelled = Client(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    asyncio.get_running_loop().call_later(0.01, client.left.set)
    with pytest.raises(ClientGone):
        await while_connected(client.receive, work())
    assert cancelled.is_set()


async def test_work_that_swallows_its_cancellation_is_cancelled_again() -> None:
    client, swallowed = Client(), 0

    async def work() -> None:
        nonlocal swallowed
        while swallowed < 2:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                swallowed += 1
        await asyncio.sleep(60)

    asyncio.get_running_loop().call_later(0.01, client.left.set)
    with pytest.raises(ClientGone):
        await asyncio.wait_for(while_connected(client.receive, work()), 5)
    assert swallowed == 2


async def test_what_work_raises_is_raised() -> None:
    async def work() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await while_connected(Client().receive, work())
