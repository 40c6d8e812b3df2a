"""What is asked of repositories for a chat, in whose name, and what becomes of each reply."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest

from gateway.bodies import Asked, read
from gateway.grants import Caller
from gateway.grounding.grounder import Grounder
from gateway.grounding.grounds import Grounds
from gateway.grounding.wish import wished
from gateway.operations import CHAT
from gateway.refusal import Refusal
from gateway.unavailable import Unavailable
from tests.unit.gateway.builders import member

TOLD = {
    "number": 1,
    "documentId": "d1",
    "title": "T",
    "source": "s3://b/1",
    "headings": ["A"],
    "pages": [1, 2],
    "score": 0.5,
    "text": "what it says",
}
STAFF = member("staff")
PAYLOAD = {
    "model": "m1",
    "messages": [{"role": "user", "content": "How many?"}],
    "metadata": {"repository": "a"},
}
FOUND = {"passages": [TOLD, {**TOLD, "number": 2, "pages": None}], "prompt": "PASSAGES"}


class Answering:
    """Replies, or raises, and remembers what it was asked."""

    def __init__(self, reply: Mapping[str, Any] | Exception) -> None:
        self._reply = reply
        self.asked: list[Mapping[str, Any]] = []

    async def passages(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(question)
        if isinstance(self._reply, Exception):
            raise self._reply
        return self._reply


def grounded(
    source: Answering, caller: Caller = STAFF, deployed: bool = True, **metadata: str
) -> tuple[Asked, Grounds]:
    messages = [{"role": "user", "content": "How many?"}]
    payload = {"model": "m1", "messages": messages, "metadata": {"repository": "a", **metadata}}
    asked = read(CHAT, b"application/json", json.dumps(payload).encode())
    wish = wished(CHAT, payload)
    assert wish
    return asyncio.run(Grounder(source, deployed, "admins").grounded(asked, wish, caller, 0))


def refused(source: Answering, caller: Caller = STAFF, deployed: bool = True) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        grounded(source, caller, deployed)
    return refusal.value


def test_a_question_is_asked_in_the_name_of_the_caller() -> None:
    source = Answering(FOUND)
    grounded(source, member("staff", "readers"))
    caller = {"username": "ada", "groups": ["readers", "staff"], "admin": False}
    question = {"repositoryId": "a", "query": "How many?", "topK": 5, "budget": 3000}
    assert source.asked == [{"caller": caller, **question}]


def test_a_question_says_what_was_wished_for() -> None:
    source = Answering(FOUND)
    grounded(source, collection="c", top_k="2", search_mode="text")
    wished_for = {"collectionId": "c", "topK": 2, "searchMode": "text"}
    assert source.asked[0].items() >= wished_for.items()


def test_administrators_ask_as_such() -> None:
    source = Answering(FOUND)
    grounded(source, member("admins"))
    assert source.asked[0]["caller"]["admin"] is True


def test_without_a_group_of_administrators_nobody_is_one() -> None:
    source, wish = Answering(FOUND), wished(CHAT, PAYLOAD)
    assert wish
    asked = read(CHAT, b"application/json", json.dumps(PAYLOAD).encode())
    asyncio.run(Grounder(source, True, "").grounded(asked, wish, member(""), 0))
    assert source.asked[0]["caller"]["admin"] is False


def test_the_passages_go_into_the_prompt_and_the_wish_out_of_the_request() -> None:
    asked, grounds = grounded(Answering(FOUND))
    system = {"role": "system", "content": "PASSAGES"}
    user = {"role": "user", "content": "How many?"}
    assert json.loads(asked.body) == {"model": "m1", "messages": [system, user]}
    assert asked.payload == json.loads(asked.body)
    assert [passage.pages for passage in grounds.passages] == [(1, 2), None]


def test_nothing_is_searched_where_there_are_no_repositories() -> None:
    source = Answering(FOUND)
    refusal = refused(source, deployed=False)
    assert (refusal.status, refusal.code) == (400, "retrieval_not_deployed")
    assert not source.asked


def test_a_token_for_certain_models_reaches_no_repository() -> None:
    source = Answering(FOUND)
    refusal = refused(source, member("admins", models=frozenset({"m1"})))
    assert (refusal.status, refusal.code) == (403, "repository_not_allowed")
    assert not source.asked


@pytest.mark.parametrize(
    ("name", "status", "told", "code"),
    [
        ("RepositoryNotFoundError", 404, 404, "repository_not_found"),
        ("CollectionNotFoundError", 404, 404, "collection_not_found"),
        ("RepositoryBusyError", 409, 400, "retrieval_refused"),
        ("ModelRefusedError", 422, 400, "retrieval_refused"),
        ("ModelUnavailableError", 500, 503, "retrieval_unavailable"),
        ("StoreFailedError", 500, 502, "retrieval_failed"),
        ("NotDeployed", None, 400, "retrieval_not_deployed"),
    ],
)
def test_each_fault_is_told_with_its_cause(
    name: str, status: int | None, told: int, code: str
) -> None:
    refusal = refused(Answering({"error": name, "message": "Because. Do this.", "status": status}))
    assert (refusal.status, refusal.code) == (told, code)
    assert "Because. Do this." in refusal.message or name == "NotDeployed"
    assert (refusal.kind == "server_error") is (told >= 500)


def test_a_search_that_cannot_be_asked_now_is_503() -> None:
    refusal = refused(Answering(Unavailable("Timeout")))
    assert (refusal.status, refusal.code) == (503, "retrieval_unavailable")
    assert "Timeout" in refusal.message
