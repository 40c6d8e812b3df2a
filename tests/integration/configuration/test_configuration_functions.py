"""The functions of configuration as AWS calls them: read, set anew, and told on the bus."""

import json
from typing import Any

import pytest

from kernel.observability import client
from tests.integration.configuration.conftest import BUS
from tests.support.calling import Reply, authorized, call, invoke, request

OFF = {"enabledComponents": {"deleteSessionHistory": False}}


def read(user: str = "bob", **query: str) -> list[dict[str, Any]]:
    event = request("", authorized(user)) | {"queryStringParameters": query or None}
    answer = invoke("configuration.get_configuration", event)
    assert answer["statusCode"] == 200
    found: list[dict[str, Any]] = json.loads(answer["body"])
    return found


def save(configuration: object = OFF, user: str = "ada", **more: object) -> Reply:
    body = {"configuration": configuration, **more}
    return call("configuration.update_configuration", body=body, user=user)


@pytest.mark.usefixtures("aws")
def test_before_anybody_set_anything_all_is_on_and_nobody_did_it() -> None:
    (delivered,) = read(configScope="global")
    assert (delivered["versionId"], delivered["changedBy"], delivered["createdAt"]) == (0, "", None)
    components = delivered["configuration"]["enabledComponents"]
    assert (len(components), set(components.values())) == (15, {True})
    assert delivered["configuration"]["global"] == {"defaultModel": ""}


@pytest.mark.usefixtures("aws")
def test_what_an_administrator_saves_everybody_reads_with_who_and_why() -> None:
    reply = save(changeReason="History is kept by law.", versionId=0)
    assert (reply.status, reply.body["versionId"], reply.body["changedBy"]) == (200, 1, "ada")
    (newest,) = read("bob")
    assert newest == reply.body
    assert newest["changeReason"] == "History is kept by law."
    assert newest["createdAt"].endswith("Z")
    assert newest["configuration"]["enabledComponents"]["deleteSessionHistory"] is False


@pytest.mark.usefixtures("aws")
def test_every_version_is_kept_and_the_newest_twenty_are_shown() -> None:
    for _ in range(22):
        assert save().status == 200
    assert [one["versionId"] for one in read()] == list(range(22, 2, -1))


@pytest.mark.usefixtures("aws")
def test_who_read_an_older_version_does_not_undo_the_newer_one() -> None:
    assert save(versionId=0).status == 200
    late = save({}, versionId=0)
    assert (late.status, late.body["error"]) == (409, "ConfigurationConflictError")
    assert "Read the configuration again" in late.body["message"]
    assert [one["versionId"] for one in read()] == [1]


@pytest.mark.usefixtures("aws")
def test_what_lisas_client_sends_back_is_taken_and_who_it_says_it_was_is_not() -> None:
    shown = read()[0] | {"changedBy": "mallory", "created_at": "1"}
    reply = call("configuration.update_configuration", body=shown, user="ada")
    assert (reply.status, reply.body["changedBy"]) == (200, "ada")


@pytest.mark.usefixtures("aws")
def test_only_administrators_set_it() -> None:
    assert [save(user=user).status for user in ("bob", "cora")] == [403, 403]
    assert read()[0]["versionId"] == 0


@pytest.mark.usefixtures("aws")
def test_a_new_version_is_told_on_the_bus() -> None:
    sqs, events = client("sqs"), client("events")
    url = sqs.create_queue(QueueName="subscriber")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="all", EventBusName=BUS, EventPattern='{"source": ["configuration"]}')
    target = {"Id": "queue", "Arn": arn["QueueArn"]}
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[target])
    components = {"M": {"viewMetaData": {"BOOL": False}}}
    row = {
        "versionId": {"N": "7"},
        "changedBy": {"S": "ada"},
        "changeReason": {"S": "a private reason"},
        "configuration": {"M": {"enabledComponents": components}},
    }
    change = {"eventID": "1", "dynamodb": {"SequenceNumber": "1", "NewImage": row}}
    handled = invoke("configuration.announce_configuration", {"Records": [change]})
    assert handled == {"batchItemFailures": []}
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    told = json.loads(message["Body"])
    assert told["detail-type"] == "ConfigurationChanged.v1"
    enabled = {"viewMetaData": False}
    expected = {"version": 7, "changed_by": "ada", "enabled_components": enabled}
    assert told["detail"]["data"] == expected
