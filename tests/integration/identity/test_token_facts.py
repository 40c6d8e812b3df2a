"""From the token table's stream to the bus: who has a token, and who has one no more."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from functions.identity.on_token_change.app import handler as tell_gateways
from identity.tokens import digest
from kernel.observability import client
from tests.support.calling import Context, call, invoke

TOKENS, BUS = "test-LISAApiTokenTable", "test-bus"
NAME = "0b0c7f6e-5d0a-4f6c-9d42-3f8a1c2b4d5e"
ROW = {
    "token": {"S": digest("t")},
    "hashed": {"BOOL": True},
    "tokenUUID": {"S": NAME},
    "username": {"S": "bob"},
    "createdBy": {"S": "ada"},
    "name": {"S": "a private name"},
}
type Told = Callable[[], list[tuple[str, dict[str, Any]]]]


@pytest.fixture
def told(dynamodb: Any) -> Told:
    """A queue that receives everything from the bus: a function returns what has come."""
    sqs, events = client("sqs"), client("events")
    url = sqs.create_queue(QueueName="subscriber")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="all", EventBusName=BUS, EventPattern='{"source": ["identity"]}')
    target = {"Id": "queue", "Arn": arn["QueueArn"]}
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[target])

    def received() -> list[tuple[str, dict[str, Any]]]:
        reply = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        arrived = [json.loads(message["Body"]) for message in reply.get("Messages", [])]
        return [(event["detail-type"], event["detail"]["data"]) for event in arrived]

    return received


def change(before: Any = None, after: Any = None) -> dict[str, Any]:
    images = {"OldImage": before, "NewImage": after}
    present = {name: image for name, image in images.items() if image is not None}
    return {"eventID": "1", "dynamodb": {"SequenceNumber": "1", **present}}


def announce(*changes: dict[str, Any]) -> Any:
    return invoke("identity.announce_token", {"Records": list(changes)})


def test_a_new_token_and_its_end_are_told_without_a_secret(told: Told) -> None:
    assert announce(change(None, ROW), change(ROW, None)) == {"batchItemFailures": []}
    data = {"token_id": NAME, "username": "bob", "created_by": "ada"}
    assert told() == [("TokenCreated.v1", data), ("TokenRevoked.v1", data)]


@pytest.mark.parametrize(
    "changed",
    [
        change(ROW, ROW | {"tokenExpiration": {"N": "1"}}),
        change(None, {"token": {"S": "by-hand"}}),
        change({"token": {"S": "by-hand"}, "tokenUUID": {"S": NAME}}, None),
        change(None, {"token": {"S": digest("t")}, "hashed": {"BOOL": True}}),
    ],
)
def test_nothing_is_told_of_a_change_or_of_what_is_done_by_hand(told: Told, changed: Any) -> None:
    announce(changed)
    assert told() == []


def test_a_token_made_and_revoked_by_the_api_is_one_that_is_told_of(
    told: Told, dynamodb: Any
) -> None:
    made = call("identity.create_token", body={"name": "n"}, user="bob").body
    [row] = dynamodb.scan(TableName=TOKENS)["Items"]
    announce(change(None, row))
    data = {"token_id": made["tokenUUID"], "username": "bob", "created_by": "bob"}
    assert told() == [("TokenCreated.v1", data)]


def test_a_bus_that_refuses_holds_up_no_revocation(dynamodb: Any) -> None:
    batch = change(ROW, None)
    assert announce(batch) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert tell_gateways({"Records": [batch]}, Context()) == {"batchItemFailures": []}
