"""The table's stream and the bus: what is gone is told, and nothing else is heard."""

import json
from typing import Any

import pytest

from kernel.observability import client
from tests.integration.sessions.calls import add, ask
from tests.integration.sessions.conftest import ENVIRONMENT, TABLE
from tests.support.calling import invoke
from tests.support.facts import matches
from tests.support.session_world import SESSION_ID, told
from tests.support.sources import ROOT
from tests.support.templates import FUNCTION, resources

BUS = ENVIRONMENT["BUS_NAME"]


@pytest.fixture
def queue(aws: Any) -> str:
    """A queue that hears what this service tells."""
    sqs, events = client("sqs"), client("events")
    url = str(sqs.create_queue(QueueName="subscriber")["QueueUrl"])
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="all", EventBusName=BUS, EventPattern='{"source": ["sessions"]}')
    target = {"Id": "queue", "Arn": attributes["QueueArn"]}
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[target])
    return url


def heard(queue: str) -> list[tuple[str, dict[str, Any]]]:
    reply = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    arrived = [json.loads(message["Body"]) for message in reply.get("Messages", [])]
    return [(event["detail-type"], event["detail"]["data"]) for event in arrived]


def record(name: str, before: Any = None, after: Any = None) -> dict[str, Any]:
    images = {"OldImage": before, "NewImage": after}
    present = {one: image for one, image in images.items() if image is not None}
    return {"eventID": "1", "eventName": name, "dynamodb": {"SequenceNumber": "1", **present}}


def lets_through(change: dict[str, Any]) -> bool:
    """Whether the template's filter starts the function for a change."""
    template = ROOT / "functions/sessions/template.yaml"
    stream = resources(template, FUNCTION)["OnSessionChange"]["Events"]["Stream"]["Properties"]
    patterns = [json.loads(one["Pattern"]) for one in stream["FilterCriteria"]["Filters"]]
    return any(matches(pattern, change) for pattern in patterns)


def row(aws: Any, kind: str) -> dict[str, Any]:
    rows = aws.scan(TableName=TABLE)["Items"]
    return dict(next(one for one in rows if one.get("kind") == {"S": kind}))


def test_a_removed_session_is_told(aws: Any, queue: str) -> None:
    add(told(1))
    removed = record("REMOVE", row(aws, "session"))
    assert lets_through(removed)
    answer = invoke("sessions.on_session_change", {"Records": [removed]})
    assert answer == {"batchItemFailures": []}
    ((name, data),) = heard(queue)
    assert (name, data["session_id"]) == ("SessionDeleted.v1", SESSION_ID)
    assert data["contents"] == removed["dynamodb"]["OldImage"]["contents"]["S"]


def test_a_cleared_history_is_told(aws: Any, queue: str) -> None:
    ask("delete_sessions")
    cleared = record("INSERT", None, row(aws, "history"))
    assert lets_through(cleared)
    invoke("sessions.on_session_change", {"Records": [cleared]})
    assert heard(queue) == [("HistoryCleared.v1", {"owner": "sub-bob", "history": 0})]


def test_messages_start_nothing(aws: Any, queue: str) -> None:
    add(told(1))
    rows = aws.scan(TableName=TABLE)["Items"]
    message = next(one for one in rows if "body" in one)
    session = row(aws, "session")
    for change in (
        record("INSERT", None, message),
        record("MODIFY", message, message),
        record("REMOVE", message),
        record("INSERT", None, session),
        record("MODIFY", session, session),
    ):
        assert not lets_through(change)
        invoke("sessions.on_session_change", {"Records": [change]})
    assert heard(queue) == []
