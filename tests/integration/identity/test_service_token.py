"""The custom resource that lets one of our own services in, as CloudFormation calls it."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from identity.adapters.dynamo import DynamoTokens
from identity.service_token import OVERLAP
from identity.tokens import digest, grant
from kernel.observability import client
from tests.support.calling import invoke

TABLE = "test-LISAApiTokenTable"
SECRET = "test/service-tokens/repositories"

type Json = dict[str, Any]


@pytest.fixture
def answers() -> Iterator[tuple[str, list[Json]]]:
    """The address at which CloudFormation waits, and what it was told there."""
    told: list[Json] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/answer?signed=yes", told
        server.shutdown()
        thread.join()


@pytest.fixture
def secret(dynamodb: Any) -> str:
    """The text of the service's secret."""
    text = "s3cret" * 10
    client("secretsmanager").create_secret(Name=SECRET, SecretString=text)
    return text


def arn() -> str:
    return str(client("secretsmanager").describe_secret(SecretId=SECRET)["ARN"])


def ask(address: str, kind: str, **changes: Any) -> None:
    wish = {"SecretId": arn(), "ServiceToken": "arn"}
    event = {
        "RequestType": kind,
        "ResponseURL": address,
        "StackId": "stack-1",
        "RequestId": "request-1",
        "LogicalResourceId": "RepositoriesTokenRow",
        "ResourceProperties": wish,
    }
    invoke("identity.issue_service_token", event | changes)


def test_the_service_is_let_in_by_its_secret(answers: Any, secret: str) -> None:
    address, told = answers
    ask(address, "Create")
    row = DynamoTokens(TABLE).get(digest(secret))
    assert row is not None
    granted = grant(row, secret, time.time())
    assert (granted.username, granted.groups) == ("lisa-repositories", ("lisa-repositories",))
    assert granted.expires_at is None
    assert row["isSystemToken"] is True
    assert told[0] | {"PhysicalResourceId": ""} == {
        "Status": "SUCCESS", "StackId": "stack-1", "RequestId": "request-1", "Reason": "",
        "LogicalResourceId": "RepositoriesTokenRow", "PhysicalResourceId": "",
    }  # fmt: skip
    assert told[0]["PhysicalResourceId"] not in (secret, digest(secret))


def test_whatever_is_repeated_changes_nothing(answers: Any, secret: str) -> None:
    address, told = answers
    for kind in ("Create", "Create", "Update"):
        ask(address, kind)
    assert client("dynamodb").scan(TableName=TABLE)["Count"] == 1
    assert len({one["PhysicalResourceId"] for one in told}) == 1


def test_another_secret_is_another_token_and_the_old_one_ends_soon(
    answers: Any, secret: str
) -> None:
    address, told = answers
    ask(address, "Create")
    client("secretsmanager").put_secret_value(SecretId=SECRET, SecretString="another" * 8)
    ask(address, "Update", PhysicalResourceId=told[0]["PhysicalResourceId"])
    old, new = (DynamoTokens(TABLE).get(digest(text)) for text in (secret, "another" * 8))
    assert old is not None and new is not None
    assert 0 < (grant(old, secret, time.time()).expires_at or 0) - time.time() <= OVERLAP
    assert grant(new, "another" * 8, time.time()).expires_at is None
    ask(address, "Delete", PhysicalResourceId=told[1]["PhysicalResourceId"])
    assert client("dynamodb").scan(TableName=TABLE)["Count"] == 0


def test_removing_it_lets_it_in_no_more_and_may_be_repeated(answers: Any, secret: str) -> None:
    address, told = answers
    ask(address, "Create")
    for _ in range(2):
        ask(address, "Delete", PhysicalResourceId=told[0]["PhysicalResourceId"])
    assert client("dynamodb").scan(TableName=TABLE)["Count"] == 0
    assert {one["Status"] for one in told} == {"SUCCESS"}


def test_a_failure_is_answered_too_and_tells_no_secret(answers: Any, secret: str) -> None:
    address, told = answers
    ask(address, "Create", ResourceProperties={"SecretId": arn().replace("repos", "depos")})
    ask(address, "Create", ResourceProperties={"SecretId": arn().replace("service-", "")})
    ask(address, "Delete", PhysicalResourceId="none")
    assert [one["Status"] for one in told] == ["FAILED", "FAILED", "SUCCESS"]
    assert told[0]["Reason"] == "ResourceNotFoundException; the function's log says more."
    assert client("dynamodb").scan(TableName=TABLE)["Count"] == 0
