"""How a refusal is told to the clients of OpenAI and of Anthropic."""

import json
from typing import Any

import pytest

from gateway import errors
from gateway.answering import error_event, refuse
from gateway.errors import Refusal
from tests.unit.gateway.exchanges import exchange

# By docs.anthropic.com, "Errors".
TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    405: "invalid_request_error",
    408: "timeout_error",
    413: "request_too_large",
    422: "invalid_request_error",
    429: "rate_limit_error",
    500: "api_error",
    502: "api_error",
    503: "overloaded_error",
    504: "timeout_error",
    529: "overloaded_error",
}


@pytest.mark.parametrize(("status", "kind"), TYPES.items())
def test_anthropics_clients_are_told_in_anthropics_form(status: int, kind: str) -> None:
    assert Refusal(status, "code", "Why.").body("anthropic", "req_1") == {
        "type": "error",
        "error": {"type": kind, "message": "Why."},
        "request_id": "req_1",
    }


@pytest.mark.promise("serve.errors")
def test_openais_clients_are_told_in_openais_form() -> None:
    told = {"message": "Why.", "type": "invalid_request_error", "param": "p", "code": "code"}
    assert Refusal(400, "code", "Why.", "p").body() == {"error": told}


def sent(refusal: Refusal, **how: Any) -> tuple[int, dict[bytes, bytes], Any]:
    asked, link = exchange("/v1/chat/completions")
    refuse(asked, refusal, **how)
    status, headers, body = link.answer
    return status, headers, json.loads(body)


@pytest.mark.parametrize(
    ("refusal", "header"),
    [
        (errors.unauthenticated(), (b"www-authenticate", b"Bearer")),
        (errors.method_not_allowed("GET", "/x", "POST"), (b"allow", b"POST")),
        (Refusal(429, "x", "Slow.", retry_after="7"), (b"retry-after", b"7")),
        (Refusal(503, "x", "Busy.", retry_after="1"), (b"retry-after", b"1")),
    ],
)
def test_a_refusal_brings_the_header_that_its_status_needs(
    refusal: Refusal, header: tuple[bytes, bytes]
) -> None:
    status, headers, _ = sent(refusal)
    assert status == refusal.status
    assert header in headers.items()


def test_a_refusal_without_more_to_say_has_no_other_header() -> None:
    _, headers, body = sent(errors.no_model(), dialect="anthropic", request_id="req_1")
    assert sorted(headers) == [b"content-length", b"content-type"]
    assert body["request_id"] == "req_1"


def test_a_stream_breaks_off_in_the_callers_form() -> None:
    refusal = errors.upstream_broke("m1")
    openai = error_event(refusal).decode()
    assert json.loads(openai.removeprefix("data: "))["error"]["code"] == "upstream_failed"
    event, data, *_ = error_event(refusal, "anthropic", "req_1").decode().split("\n")
    assert event == "event: error"
    assert json.loads(data.removeprefix("data: "))["error"]["type"] == "api_error"
