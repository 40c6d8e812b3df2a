"""What the gateway does not do, and how it says so."""

import re
from typing import Any

import pytest

from tests.integration.gateway.stage import TOKEN, Gateway

CHAT = "/v2/serve/chat/completions"


def error(answer: tuple[int, Any, Any]) -> tuple[int, str]:
    status, body, headers = answer
    assert set(body["error"]) == {"message", "type", "param", "code"}
    assert re.fullmatch(r"req_[0-9a-f]{24}", headers["x-request-id"])
    return status, body["error"]["code"]


def test_health_is_open_to_everybody(gateway: Gateway) -> None:
    assert gateway.ask("/health", token="")[:2] == (200, {"status": "ok"})


@pytest.mark.promise("sign-in.everywhere")
@pytest.mark.parametrize("path", ["/v2/serve/models", "/v2/serve/models/good", CHAT])
def test_nothing_else_is(gateway: Gateway, path: str) -> None:
    body = {"model": "good", "messages": []} if path == CHAT else None
    assert error(gateway.ask(path, body, token="wrong")) == (401, "invalid_api_key")


def test_paths_and_methods_that_do_not_exist(gateway: Gateway) -> None:
    assert error(gateway.ask("/v2/serve/nothing")) == (404, "unknown_url")
    assert error(gateway.ask(CHAT)) == (405, "method_not_supported")
    assert error(gateway.ask("/v2/serve/models", b"{}")) == (405, "method_not_supported")


@pytest.mark.parametrize("body", [b"", b"nonsense", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_not_a_json_object_is_400(gateway: Gateway, body: bytes) -> None:
    assert error(gateway.ask(CHAT, body, method="POST")) == (400, "invalid_json")


@pytest.mark.parametrize("model", [None, "", 7, ["good"], {"a": 1}])
def test_a_body_without_a_model_is_400(gateway: Gateway, model: object) -> None:
    answer = gateway.ask(CHAT, {"model": model, "messages": []})
    assert error(answer) == (400, "missing_required_parameter")


@pytest.mark.parametrize(
    "model", ["nothing", "GOOD", "good ", "../good", "good%2f", "gооd", "bedrock/x", "x" * 10_000]
)
def test_a_model_is_found_by_its_exact_id_only(gateway: Gateway, model: str) -> None:
    assert error(gateway.ask(CHAT, {"model": model})) == (404, "model_not_found")


def test_a_body_of_more_than_25_megabytes_is_413(gateway: Gateway) -> None:
    body = b'{"model": "good", "messages": "' + b"x" * (25 * 1024 * 1024) + b'"}'
    assert error(gateway.ask(CHAT, body)) == (413, "request_too_large")


def test_a_model_that_does_not_stream_says_so(gateway: Gateway) -> None:
    assert gateway.chat("whole")[0] == 200
    status, body = gateway.chat("whole", stream=True)
    assert (status, body["error"]["param"]) == (400, "stream")


def test_models_refuse_what_they_are_not_made_for(gateway: Gateway) -> None:
    assert gateway.chat("vectors")[0] == 400
    answer = gateway.ask("/v2/serve/embeddings", {"model": "good", "input": "x"})
    assert error(answer) == (400, "model_not_supported")


@pytest.mark.parametrize("operation", ["chat/completions", "completions"])
def test_the_lane_asks_for_what_is_missing(gateway: Gateway, operation: str) -> None:
    answer = gateway.ask(f"/v2/serve/{operation}", {"model": "titan"})
    assert error(answer) == (400, "missing_required_parameter")


def test_no_log_line_carries_a_token_a_prompt_or_an_upstream(gateway: Gateway) -> None:
    gateway.chat("hanging-up", messages=[{"role": "user", "content": "very-private"}])
    gateway.chat("lane-refusing", messages=[{"role": "user", "content": "very-private"}])
    log = gateway.log()
    assert '"event":"request"' in log
    for secret in (TOKEN, "very-private", "127.0.0.1"):
        assert secret not in log
