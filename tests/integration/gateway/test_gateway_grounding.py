"""Chats that name a repository, by OpenAI's client, through the running gateway, on both lanes."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.emulator.running import eventually
from tests.integration.gateway.stage import Gateway
from tests.integration.gateway.upstream import Upstream

ASK: list[ChatCompletionMessageParam] = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "How many holidays?"},
]
BOTH = pytest.mark.parametrize("model", ["citing", "lane-citing"])


@pytest.fixture
def user(grounding: Gateway) -> Iterator[OpenAI]:
    with grounding.openai() as one:
        yield one


def annotations(choice_or_delta: Any) -> list[dict[str, Any]]:
    """A field that OpenAI's client knows for whole answers only."""
    given = choice_or_delta.model_dump().get("annotations")
    return list(given or [])


def ask(gateway: Gateway, repository: str, token: str = "sesame", **more: str) -> tuple[int, Any]:
    return gateway.chat("citing", token, metadata={"repository": repository, **more})


@BOTH
def test_a_chat_is_grounded_and_says_what_it_cites(user: OpenAI, model: str) -> None:
    reply = user.chat.completions.create(
        model=model, messages=ASK, metadata={"repository": "handbook", "top_k": "3"}
    )
    message = reply.choices[0].message
    cited, *rest = annotations(message)
    assert message.content == "citing heard you [2]"
    assert cited["url_citation"]["title"] == "Doc 2"
    assert cited["url_citation"]["url"] == "s3://documents/2"
    place = cited["url_citation"]["start_index"], cited["url_citation"]["end_index"]
    assert message.content[slice(*place)] == "[2]"
    assert [(one["number"], one["cited"]) for one in rest] == [(1, False), (3, False)]


@BOTH
def test_a_stream_is_grounded_and_cites_before_it_ends(user: OpenAI, model: str) -> None:
    stream = user.chat.completions.create(
        model=model,
        messages=ASK,
        max_tokens=3,
        stream=True,
        metadata={"repository": "handbook", "top_k": "2"},
    )
    chunks = list(stream)
    text = "".join(one.choices[0].delta.content or "" for one in chunks)
    (told,) = [one for one in chunks if annotations(one.choices[0].delta)]
    assert told is chunks[-1]
    assert told.id == chunks[0].id
    assert [one["number"] for one in annotations(told.choices[0].delta)] == [1, 2]
    assert text == "[0] [1] [2] "


@BOTH
def test_the_usage_that_a_caller_asked_for_stays(user: OpenAI, model: str) -> None:
    stream = user.chat.completions.create(
        model=model,
        messages=ASK,
        stream=True,
        stream_options={"include_usage": True},
        metadata={"repository": "handbook"},
    )
    chunks = list(stream)
    assert sum(bool(one.usage) for one in chunks) == 1
    assert sum(bool(one.choices and annotations(one.choices[0].delta)) for one in chunks) == 1


def test_the_model_is_sent_one_system_message_and_none_of_our_wishes(
    grounding: Gateway, upstream: Upstream
) -> None:
    metadata = {"repository": "handbook", "run": "7"}
    grounding.chat("citing", messages=ASK, metadata=metadata)
    sent, _ = upstream.asked[-1]
    system, user = sent["messages"]
    assert system["content"].startswith("Be brief.\n\n")
    assert "Secret text 5" in system["content"]
    assert user == ASK[1]
    assert sent["metadata"] == {"run": "7"}


def asked_by(gateway: Gateway, upstream: Upstream, token: str) -> dict[str, Any]:
    """What the function was asked in the name of this token's owner."""
    assert ask(gateway, "handbook", token)[0] == 200
    found: dict[str, Any] = json.loads(upstream.asked[-1][0]["messages"][0]["content"])
    return found


def test_the_question_is_asked_with_the_rights_of_its_caller(
    grounding: Gateway, upstream: Upstream
) -> None:
    asked = asked_by(grounding, upstream, "of-physicist")["asked"]
    assert asked["caller"] == {"username": "api-token", "groups": ["physicists"], "admin": False}
    assert (asked["query"], asked["topK"], asked["budget"]) == ("hi", 5, 3000)
    assert asked_by(grounding, upstream, "of-admin")["asked"]["caller"]["admin"] is True


def test_a_failure_of_the_model_is_passed_on_as_it_is(grounding: Gateway) -> None:
    metadata = {"repository": "handbook"}
    plain, grounded = grounding.chat("refusing"), grounding.chat("refusing", metadata=metadata)
    assert grounded == plain


def test_a_grounded_stream_that_breaks_off_ends_with_an_error(grounding: Gateway) -> None:
    with grounding.openai() as client:
        stream = client.chat.completions.create(
            model="dying", messages=ASK, stream=True, metadata={"repository": "handbook"}
        )
        with pytest.raises(openai.APIError, match="closed the connection"):
            list(stream)


def test_a_grounded_request_is_counted_and_logged_without_its_words(grounding: Gateway) -> None:
    assert ask(grounding, "handbook", top_k="4")[0] == 200
    line = next(one for one in reversed(grounding.log().splitlines()) if '"passages"' in one)
    assert json.loads(line)["passages"] == 4
    for word in ("Secret text", "holidays", "s3://documents"):
        assert word not in grounding.log()
    counted = 'lisa_gateway_grounded_requests_total{model="citing"}'
    assert eventually(lambda: counted in metrics(grounding), within=5)


def metrics(gateway: Gateway) -> str:
    port = next(
        json.loads(line)["port"] for line in gateway.log().splitlines() if "metrics served" in line
    )
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as page:
        return str(page.read().decode())
