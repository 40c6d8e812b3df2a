"""LiteLLM's lane: who leaves stops the provider, and what may not be told is not."""

import time
from typing import Any

import pytest

from tests.emulator.running import eventually
from tests.integration.gateway.stage import Gateway, Tables
from tests.integration.gateway.upstream import Upstream

HELLO = [{"role": "user", "content": "Hello"}]
KEY = "sk-very-private-key-1"


@pytest.mark.parametrize("model", ["lane-endless", "lane-reasoning"])
@pytest.mark.parametrize(
    ("operation", "fields"),
    [
        ("chat/completions", {"messages": HELLO}),
        ("completions", {"prompt": "x"}),
        ("responses", {"input": "x"}),
        ("messages", {"messages": HELLO, "max_tokens": 9}),
    ],
)
def test_a_client_that_leaves_any_stream_stops_the_provider(
    gateway: Gateway, upstream: Upstream, model: str, operation: str, fields: dict[str, Any]
) -> None:
    before = len(upstream.abandoned)
    connection = gateway.begin({"model": model, "stream": True, **fields}, operation)
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.readline()
    answer.close()
    connection.close()
    left = time.monotonic()
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)
    # The promise is 0.1 s; the rest is for a machine that is busy with other things.
    assert upstream.abandoned[-1] - left < 2


def test_callers_are_noticed_though_their_provider_is_quicker_than_litellm(
    gateway: Gateway, upstream: Upstream
) -> None:
    before = len(upstream.abandoned)
    body = {"model": "lane-flooding", "messages": HELLO, "stream": True}
    leaving = [gateway.begin(body) for _ in range(8)]
    for connection in leaving:
        assert connection.getresponse().readline()
    assert gateway.chat("lane-good")[0] == 200
    for connection in leaving:
        connection.close()
    assert eventually(lambda: len(upstream.abandoned) >= before + 8, within=5)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("chat/completions", {"model": "lane-slow-textgen", "messages": HELLO}),
        ("responses", {"model": "lane-slow-textgen", "input": "x"}),
        ("messages", {"model": "lane-slow-textgen", "messages": HELLO, "max_tokens": 9}),
        ("embeddings", {"model": "lane-slow-embedding", "input": "x"}),
        ("images/generations", {"model": "lane-slow-imagegen", "prompt": "x"}),
        ("moderations", {"model": "lane-slow-moderation", "input": "x"}),
        ("audio/speech", {"model": "lane-slow-speech", "input": "x", "voice": "y"}),
    ],
)
def test_a_client_that_leaves_while_waiting_for_litellm_stops_the_provider(
    gateway: Gateway, upstream: Upstream, operation: str, body: dict[str, Any]
) -> None:
    before, asked = len(upstream.abandoned), len(upstream.asked)
    connection = gateway.begin(body, operation)
    assert eventually(lambda: len(upstream.asked) > asked)
    connection.close()
    assert eventually(lambda: len(upstream.abandoned) > before, within=5)


@pytest.mark.parametrize("model", ["busy", "lane-busy"])
def test_a_provider_that_is_busy_says_when_to_come_again(gateway: Gateway, model: str) -> None:
    body = {"model": model, "messages": HELLO}
    status, told, headers = gateway.ask("/v2/serve/chat/completions", body)
    assert (status, headers["retry-after"]) == (429, "7")
    assert (told["error"]["code"], told["error"]["type"]) == ("too_many", "requests")


@pytest.mark.parametrize("key", [KEY, "no-known-form-2"])
def test_a_rotated_key_is_used_at_once_and_told_to_nobody(
    gateway: Gateway, tables: Tables, upstream: Upstream, key: str
) -> None:
    here = {"apiBase": upstream.base("telling"), **tables.put_key(key, "keyed")}
    tables.put_model("keyed", "openai/x", forwarding=False, **here)
    assert eventually(lambda: sent(gateway, upstream, key), within=5)
    for path in ("chat/completions", "messages", "responses"):
        fields = {"model": "keyed", "messages": HELLO, "max_tokens": 1, "input": "x"}
        answer = gateway.ask(f"/v2/serve/{path}", fields)
        assert answer[0] == 400
        assert key not in str(answer)
        assert "[hidden]" in str(answer)
    assert key not in gateway.log()


def sent(gateway: Gateway, upstream: Upstream, key: str) -> bool:
    gateway.chat("keyed")
    return upstream.asked[-1][1].get("authorization") == f"Bearer {key}"


@pytest.mark.parametrize(
    ("model", "operation", "fields"),
    [
        ("lane-hearer", "audio/transcriptions", {"file": "/etc/passwd"}),
        ("lane-painter", "images/edits", {"image": "/etc/passwd", "prompt": "x"}),
        ("lane-painter", "images/edits", {"image": ["/etc/passwd"], "prompt": "x"}),
    ],
)
def test_no_file_of_the_gateways_is_read_for_a_caller(
    gateway: Gateway, upstream: Upstream, model: str, operation: str, fields: dict[str, Any]
) -> None:
    asked = len(upstream.asked)
    status, body, _ = gateway.ask(f"/v2/serve/{operation}", {"model": model, **fields})
    assert (status, body["error"]["code"]) == (400, "invalid_form")
    assert len(upstream.asked) == asked


def test_what_litellm_cannot_do_is_said_before_anybody_is_asked(gateway: Gateway) -> None:
    path = "/v2/serve/audio/translations"
    status, body, _ = gateway.ask(path, {"model": "lane-hearer", "file": "x"})
    assert (status, body["error"]["code"]) == (400, "model_not_supported")
