"""The desk: quick questions do not wait for slow ones, and of slow ones it takes so many."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gateway.asked_function import AT_ONCE
from gateway.desk_process import MOST_WAITING, Window
from tests.unit.gateway.exchanges import exchange

type Replies = list[tuple[int, Any]]


class Searching:
    """Holds every search until it is let go."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.window = Window({"/token": self.token, "/passages": self.search})

    def token(self, question: dict[str, Any]) -> dict[str, Any]:
        return {"row": question["presented"]}

    def search(self, question: dict[str, Any]) -> dict[str, Any]:
        self.may_end.wait(20)
        return {"passages": []}

    async def ask(self, path: str) -> tuple[int, Any]:
        asked, link = exchange(path, b'{"presented": "x"}')
        await self.window(asked)
        status, _, body = link.answer
        return status, json.loads(body)


@contextmanager
def searching() -> Iterator[Searching]:
    desk = Searching()
    try:
        yield desk
    finally:
        desk.may_end.set()


def test_a_token_does_not_wait_for_searches() -> None:
    async def both(desk: Searching) -> tuple[int, Any]:
        searches = [asyncio.create_task(desk.ask("/passages")) for _ in range(AT_ONCE + 5)]
        await asyncio.sleep(0)
        token = await desk.ask("/token")
        assert not any(search.done() for search in searches)
        desk.may_end.set()
        assert {status for status, _ in await asyncio.gather(*searches)} == {200}
        return token

    with searching() as desk:
        assert asyncio.run(both(desk)) == (200, {"row": "x"})


def test_searches_beyond_those_that_can_wait_are_told_so_at_once() -> None:
    most = AT_ONCE + MOST_WAITING

    async def many(desk: Searching) -> Replies:
        searches = [asyncio.create_task(desk.ask("/passages")) for _ in range(most + 1)]
        done, _ = await asyncio.wait(searches, return_when=asyncio.FIRST_COMPLETED)
        desk.may_end.set()
        assert len(done) == 1
        return list(await asyncio.gather(*searches))

    with searching() as desk:
        replies = asyncio.run(many(desk))
    assert replies.count((200, {"passages": []})) == most
    assert replies[-1] == (503, {"unavailable": "Busy"})


def test_room_is_free_again_when_a_search_has_ended() -> None:
    async def twice(desk: Searching) -> Replies:
        desk.may_end.set()
        return [await desk.ask("/passages") for _ in range(AT_ONCE + MOST_WAITING + 1)]

    with searching() as desk:
        assert {status for status, _ in asyncio.run(twice(desk))} == {200}
