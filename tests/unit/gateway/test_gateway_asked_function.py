"""What the function that searches replies, however it fails."""

import io
import json
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from gateway.asked_function import LONGEST_REPLY, NOT_DEPLOYED, AskedFunction
from gateway.unavailable import Unavailable

QUESTION = {"query": "x"}


def replying(body: bytes, **answer: Any) -> Any:
    client = boto3.client("lambda", region_name="eu-west-1")
    stub = Stubber(client)
    payload = StreamingBody(io.BytesIO(body), len(body))
    asked = {"FunctionName": "search", "Payload": json.dumps(QUESTION)}
    stub.add_response("invoke", {"StatusCode": 200, "Payload": payload, **answer}, asked)
    stub.activate()
    return client


def failing(code: str) -> Any:
    client = boto3.client("lambda", region_name="eu-west-1")
    stub = Stubber(client)
    stub.add_client_error("invoke", service_error_code=code)
    stub.activate()
    return client


def ask(client: Any) -> dict[str, Any]:
    return AskedFunction("search", "search", client).ask(QUESTION)


def test_its_reply_is_handed_on() -> None:
    reply = {"passages": [], "prompt": "P"}
    assert ask(replying(json.dumps(reply).encode())) == reply


@pytest.mark.parametrize("body", [b"", b"null", b"[1]", b"x" * (LONGEST_REPLY + 1)])
def test_what_is_no_reply_is_a_failure(body: bytes) -> None:
    assert ask(replying(body))["status"] == 500


def test_a_failure_is_named_without_its_words() -> None:
    body = b'{"errorType": "ValueError", "errorMessage": "of the text: secret"}'
    told = ask(replying(body, FunctionError="Unhandled"))
    assert (told["error"], told["status"]) == ("ValueError", 500)
    assert "secret" not in str(told)


@pytest.mark.parametrize("kind", ["", '"errorType": "Sandbox.Timedout", '])
def test_a_search_that_took_too_long_may_be_asked_again(kind: str) -> None:
    body = f'{{{kind}"errorMessage": "Task timed out after 10.00 seconds"}}'.encode()
    with pytest.raises(Unavailable, match="Timeout"):
        ask(replying(body, FunctionError="Unhandled"))


def test_a_function_that_is_not_there_is_not_deployed() -> None:
    assert ask(failing("ResourceNotFoundException")) == NOT_DEPLOYED
    assert AskedFunction("", "search").ask(QUESTION) == NOT_DEPLOYED


def test_too_many_at_once_may_be_asked_again() -> None:
    with pytest.raises(Unavailable, match="TooManyRequestsException"):
        ask(failing("TooManyRequestsException"))
