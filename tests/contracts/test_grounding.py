"""What the gateway asks of repositories is what their function reads, and its replies are read."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from gateway.bodies import Asked, read
from gateway.grants import Caller
from gateway.grounding.grounder import Grounder
from gateway.grounding.grounds import Grounds
from gateway.grounding.wish import wished
from gateway.operations import CHAT
from gateway.refusal import Refusal
from passages.chunk import Chunk
from stores.port import Copy, Embedded
from tests.support.calling import invoke
from tests.support.repository_world import (
    WORDS,
    World,
    a_collection,
    a_repository,
    place,
    vector_of,
)

TEXT = "Holiday leave is thirty days"
EVERYTHING = {"collection": place(0), "top_k": "20", "search_mode": "hybrid"}


class Function:
    """The function itself, as the desk calls it."""

    async def passages(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        reply: Mapping[str, Any] = invoke("repositories.retrieve_passages", question)
        return reply


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    repository, collection = a_repository(allowed_groups=["staff"]), a_collection(0)
    world.rows.add(repository)
    world.rows.add(collection)
    store = world.stores.of(repository)
    store.prepare(collection.shelf)
    chunk = Chunk(0, TEXT, ("Time off",), (3, 4), (0, 28), 8)
    embedded = Embedded(chunk, vector_of(TEXT, len(WORDS) + 1))
    store.replace(collection.shelf, Copy("leave", 1, "Leave", "leave.pdf"), [embedded])
    with world.placed():
        yield world


def grounded(group: str, window: int = 0, **wishes: str) -> tuple[Asked, Grounds]:
    messages = [{"role": "user", "content": "How much leave?"}]
    metadata = {"repository": "hr-docs", **wishes}
    payload = {"model": "m1", "messages": messages, "metadata": metadata}
    asked, wish = read(CHAT, b"", json.dumps(payload).encode()), wished(CHAT, payload)
    assert wish
    caller = Caller("ada", frozenset({group}), None)
    return asyncio.run(Grounder(Function(), True, "admins").grounded(asked, wish, caller, window))


@pytest.mark.parametrize("group", ["staff", "admins"])
@pytest.mark.parametrize("wishes", [{}, EVERYTHING])
@pytest.mark.parametrize("window", [0, 1, 10**9])
def test_a_question_is_read_and_its_reply_is_understood(
    world: World, group: str, wishes: dict[str, str], window: int
) -> None:
    asked, grounds = grounded(group, window, **wishes)
    (passage,) = grounds.passages
    assert (passage.number, passage.document_id, passage.pages) == (1, "leave", (3, 4))
    assert TEXT in json.loads(asked.body)["messages"][0]["content"]


def test_a_fault_is_understood(world: World) -> None:
    with pytest.raises(Refusal) as refusal:
        grounded("others")
    assert (refusal.value.status, refusal.value.code) == (404, "repository_not_found")
    assert "GET /repository lists those that you may see" in refusal.value.message
