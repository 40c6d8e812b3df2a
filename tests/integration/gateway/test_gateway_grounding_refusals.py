"""Chats that name a repository and are refused, or whose clients leave."""

import time
from typing import Any

import pytest

from tests.emulator.running import eventually
from tests.integration.gateway.stage import Gateway, soon
from tests.integration.gateway.upstream import Upstream

ASK = [{"role": "user", "content": "How many holidays?"}]


def ask(gateway: Gateway, repository: str, token: str = "sesame", **more: str) -> tuple[int, Any]:
    return gateway.chat("citing", token, metadata={"repository": repository, **more})


@pytest.mark.parametrize(
    ("token", "status"), [("sesame", 404), ("of-physicist", 200), ("of-admin", 200)]
)
def test_a_repository_that_one_may_not_see_is_not_there(
    grounding: Gateway, token: str, status: int
) -> None:
    told, body = ask(grounding, "closed", token)
    assert told == status
    assert status == 200 or body["error"]["code"] == "repository_not_found"


@pytest.mark.parametrize(
    ("repository", "status", "code"),
    [
        ("nothing", 404, "repository_not_found"),
        ("broken", 502, "retrieval_failed"),
        ("store-down", 502, "retrieval_failed"),
        ("", 400, "invalid_metadata"),
    ],
)
def test_a_search_that_fails_is_told_and_no_model_is_asked(
    grounding: Gateway, upstream: Upstream, repository: str, status: int, code: str
) -> None:
    asked = len(upstream.asked)
    told, body = ask(grounding, repository)
    assert (told, body["error"]["code"]) == (status, code)
    assert len(upstream.asked) == asked


@pytest.mark.promise("rag.optional")
def test_without_repositories_it_is_said_that_there_are_none(gateway: Gateway) -> None:
    status, body = gateway.chat("good", metadata={"repository": "handbook"})
    assert (status, body["error"]["code"]) == (400, "retrieval_not_deployed")
    assert gateway.chat("good", metadata={"run": "7"})[0] == 200


def test_who_may_not_call_the_model_has_nothing_searched(grounding: Gateway) -> None:
    status, body = grounding.chat("secret", metadata={"repository": "nothing"})
    assert (status, body["error"]["code"]) == (404, "model_not_found")


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("completions", {"model": "citing", "prompt": "x"}),
        ("responses", {"model": "citing", "input": "x"}),
        ("messages", {"model": "citing", "messages": ASK, "max_tokens": 9}),
        ("embeddings", {"model": "vectors", "input": "x"}),
    ],
)
def test_other_operations_say_that_they_cannot(
    grounding: Gateway, operation: str, body: dict[str, Any]
) -> None:
    given = {**body, "metadata": {"repository": "handbook"}}
    status, told, _ = grounding.ask(f"/v2/serve/{operation}", given)
    assert status == 400
    assert "chat/completions only" in told["error"]["message"]


def test_a_client_that_leaves_its_grounded_stream_stops_the_model(
    grounding: Gateway, upstream: Upstream
) -> None:
    before = len(upstream.abandoned)
    body = {"model": "endless", "messages": ASK, "metadata": {"repository": "handbook"}}
    connection = grounding.begin({**body, "stream": True})
    assert connection.getresponse().readline().startswith(b"data: ")
    connection.close()
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)


def test_a_client_that_leaves_during_the_search_has_no_model_asked(
    grounding: Gateway, upstream: Upstream
) -> None:
    asked = len(upstream.asked)
    body = {"model": "citing", "messages": ASK, "metadata": {"repository": "slow"}}
    connection = grounding.begin(body)
    time.sleep(0.5)
    connection.close()
    assert soon(lambda: '"status":499' in grounding.log(), 2)
    time.sleep(1.5)
    assert len(upstream.asked) == asked
