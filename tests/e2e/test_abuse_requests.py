"""Requests that want to be two, or never to end, and definitions that reach where they must not.

What a parser makes of every such trick is in tests/unit/http1; here it meets the whole product.
"""

import http.client
import json
import socket
import time
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import openai
import pytest

from tests.e2e.client import HOSTED, Admin, ask, serve

HIDDEN = b"GET /v2/serve/models HTTP/1.1\r\nHost: h\r\n\r\n"
DISPUTED = {
    "a length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 4",
    "chunks in disguise": b"Transfer-Encoding : chunked",
    "a folded line": b"X: a\r\n Content-Length: 0",
    "a bare line feed": b"X: a\nContent-Length: 0",
    "a bare return": b"X: a\rContent-Length: 0",
    "a zero byte": b"X: a\x00b",
}
EXTERNAL = {"modelId": "e2e-reach", "modelName": "openai/x", "modelType": "textgen"}
ADDRESSES = [
    "http://169.254.169.254/latest/meta-data",
    "http://169.254.170.2/v2/credentials",
    "http://[fd00:ec2::254]/latest",
    "http://[::ffff:a9fe:a9fe]/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://0.0.0.0/",
    "http://ok@169.254.169.254/",
    "http://①⑥⑨.254.169.254/",
    "file:///etc/passwd",
    "gopher://example.com/",
]
SMUGGLED = {
    "api_base": "http://127.0.0.1:9",
    "base_url": "http://127.0.0.1:9",
    "api_key": "sk-mine",
    "model_list": [],
    "custom_llm_provider": "openai",
    "mock_response": "owned",
}


def raw(product: dict[str, Any], sent: bytes, patience: float = 20) -> bytes:
    """All that the gateway says to some bytes until it hangs up, or falls silent."""
    where = urlsplit(product["serve_url"])
    with socket.create_connection((where.hostname, where.port), timeout=patience) as line:
        line.sendall(sent)
        said = b""
        try:
            while part := line.recv(65536):
                said += part
        except TimeoutError:
            pass
        return said


@pytest.mark.parametrize("what", DISPUTED)
def test_a_request_that_could_be_read_in_two_ways_is_one_refusal(
    product: dict[str, Any], what: str
) -> None:
    head = b"POST /v2/serve/chat/completions HTTP/1.1\r\nHost: h\r\n" + DISPUTED[what]

    said = raw(product, head + b"\r\n\r\n" + HIDDEN)

    assert said.startswith(b"HTTP/1.1 400 ")
    assert said.count(b"HTTP/1.1 ") == 1


def test_a_flood_is_told_so_before_it_is_sent(product: dict[str, Any]) -> None:
    head = (
        b"POST /v2/serve/chat/completions HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
        b"Authorization: Bearer %b\r\nContent-Length: 1000000000\r\n\r\n"
    )
    said = raw(product, head % product["token"].encode())
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"larger than" in said


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 100_000, b'{"model": NaN}', b"\xff\xfe", b""],
    ids=["lists", "objects", "no number", "no text", "nothing"],
)
def test_a_body_that_is_no_question_is_refused_at_once(
    product: dict[str, Any], body: bytes
) -> None:
    head = (
        b"POST /v2/serve/chat/completions HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
        b"Authorization: Bearer %b\r\nContent-Length: %d\r\n\r\n"
    )
    began = time.monotonic()
    said = raw(product, head % (product["token"].encode(), len(body)) + body)
    assert said.startswith(b"HTTP/1.1 400 ")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"modelId":' * 50_000])
def test_the_admin_api_refuses_what_is_deeper_than_anybody_writes(
    product: dict[str, Any], body: bytes
) -> None:
    status, told = Admin(product).call("POST", "/models", body)
    assert (status, told["error"]) == (400, "InvalidInputError")


@pytest.mark.parametrize("field", SMUGGLED)
def test_a_caller_says_nothing_of_where_and_with_whose_key_a_model_is_asked(
    product: dict[str, Any], field: str
) -> None:
    told = {field: SMUGGLED[field]}
    try:
        reply = ask(serve(product), "tiny-chat", "Hello", max_tokens=4, extra_body=told)
    except openai.BadRequestError:
        return
    assert reply.model
    assert "owned" not in (reply.choices[0].message.content or "")


@pytest.mark.parametrize(
    "name", ["TINY-CHAT", "tiny-chat ", "../tiny-chat", "tiny%2dchat", "tіny-chat", "x" * 10_000]
)
def test_a_model_goes_by_its_exact_name(product: dict[str, Any], name: str) -> None:
    with pytest.raises(openai.NotFoundError):
        ask(serve(product), name, "Hello")


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_definition_names_no_address_of_credentials(product: dict[str, Any], url: str) -> None:
    status, told = Admin(product).call("POST", "/models", {**EXTERNAL, "modelUrl": url})
    assert (status, told["error"]) == (422, "ValidationError")
    assert "modelUrl must" in json.dumps(told)


@pytest.mark.parametrize("name", ["api_base", "aws_sts_endpoint", "api_key", "mock_response"])
def test_provider_parameters_are_no_way_around_it(product: dict[str, Any], name: str) -> None:
    body = {**EXTERNAL, "litellmParams": {name: "http://169.254.169.254"}}
    assert Admin(product).call("POST", "/models", body)[0] == 422


CONTAINERS: dict[str, tuple[str, object]] = {
    "a loader": ("environment", {"LD_PRELOAD": "/tmp/x.so"}),
    "other credentials": ("environment", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://x"}),
    "a secret of the account": ("environment", {"A": "{{resolve:secretsmanager:x}}"}),
    "a name that no shell takes": ("environment", {"A B": "c"}),
    "an image for a shell": ("image", {"baseImage": "x; curl y", "type": "registry"}),
}


@pytest.mark.parametrize("what", CONTAINERS)
def test_a_container_is_told_nothing_that_seizes_it(product: dict[str, Any], what: str) -> None:
    field, value = CONTAINERS[what]
    container = HOSTED["containerConfig"] | {field: value}
    body = HOSTED | {"modelId": "e2e-reach", "containerConfig": container}

    status, told = Admin(product).call("POST", "/models", body)

    assert (status, told["error"]) == (422, "ValidationError")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "{ours}.evil.example"])
@pytest.mark.parametrize("door", ["api_url", "serve_url"])
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_pages_of_others_may_read_nothing(
    product: dict[str, Any], door: str, method: str, origin: str
) -> None:
    said = {
        "Origin": origin.format(ours=product["ui_url"].rstrip("/")),
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
        "Authorization": f"Bearer {product['admin']['id_token']}",
    }
    url = urlsplit(product[door])
    line = http.client.HTTPConnection(url.hostname or "", url.port, timeout=30)
    with closing(line):
        line.request(method, f"{url.path}/models", headers=said)
        answer = line.getresponse()
        allowed = answer.getheader("Access-Control-Allow-Origin", "")
    assert allowed in ("", product["ui_url"].rstrip("/"))
    assert answer.getheader("Access-Control-Allow-Credentials") is None
