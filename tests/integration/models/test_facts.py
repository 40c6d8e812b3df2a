"""From the table's stream to the bus, and from the bus to the metric."""

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config

from models.model import FailureReason
from models.wiring import models
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.calling import invoke
from tests.support.model_payloads import NOON, external, hosted

pytestmark = pytest.mark.usefixtures("aws")

REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")


def stream() -> list[dict[str, Any]]:
    """The records of the models table, in the shape in which Lambda receives them."""
    # moto knows the streams by their general address only, not by that of each account.
    streams: Any = boto3.client(
        "dynamodbstreams", config=Config(account_id_endpoint_mode="disabled")
    )
    [found] = streams.list_streams(TableName=NAMES["MODELS_TABLE"])["Streams"]
    arn = found["StreamArn"]
    shards = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shards[0]["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )
    records = streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    return [json.loads(json.dumps(record, default=str)) for record in records]


@pytest.fixture
def subscriber() -> Any:
    """A queue that receives everything from the bus: a function returns what has come."""
    sqs, events = boto3.client("sqs"), boto3.client("events")
    url = sqs.create_queue(QueueName="subscriber")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    events.create_event_bus(Name=NAMES["BUS_NAME"])
    pattern = json.dumps({"source": ["models"]})
    events.put_rule(Name="all", EventBusName=NAMES["BUS_NAME"], EventPattern=pattern)
    target: Any = {"Id": "queue", "Arn": arn["QueueArn"]}
    events.put_targets(Rule="all", EventBusName=NAMES["BUS_NAME"], Targets=[target])

    def received() -> list[dict[str, Any]]:
        reply = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in reply.get("Messages", [])]

    return received


def published(subscriber: Any) -> list[tuple[str, dict[str, Any]]]:
    assert invoke("models.on_model_change", {"Records": stream()}) == {"batchItemFailures": []}
    return [(event["detail-type"], event["detail"]["data"]) for event in subscriber()]


def test_a_models_whole_life_is_told(subscriber: Any) -> None:
    table = models()
    table.add(external("m"))
    claimed = table.replace(external("m"), external("m").claimed_by("execution"))
    serving = table.replace(claimed, claimed.serving(None, NOON))
    failed = table.replace(serving, serving.failed(REASON, NOON))
    table.remove(table.replace(failed, failed.deleting(NOON)))
    assert published(subscriber) == [
        ("ModelRequested.v1", {"model_id": "m", "hosted": False}),
        ("ModelReady.v1", {"model_id": "m", "model_type": "textgen"}),
        ("ModelFailed.v1", {"model_id": "m", "code": "ServerDied"}),
        ("ModelDeletionRequested.v1", {"model_id": "m", "hosted": False}),
        ("ModelRemoved.v1", {"model_id": "m"}),
    ]


def test_a_fact_carries_no_secret_of_the_definition(subscriber: Any) -> None:
    models().add(hosted("m"))
    told = published(subscriber)
    assert told == [("ModelRequested.v1", {"model_id": "m", "hosted": True})]
    assert "MAX_TOTAL_TOKENS" in json.dumps(stream())


def test_a_fact_is_correlated_with_the_change_that_made_it_true(subscriber: Any) -> None:
    models().add(external("m"))
    [record] = stream()
    invoke("models.on_model_change", {"Records": [record]})
    [event] = subscriber()
    assert event["source"] == "models"
    assert event["detail"]["correlation_id"] == record["eventID"]


def test_a_row_that_nobody_can_read_stops_the_batch_where_it_stands(subscriber: Any) -> None:
    for model_id in ("one", "two", "three"):
        models().add(external(model_id))
    records = stream()
    records[1]["dynamodb"]["NewImage"]["status"] = {"S": "Sleeping"}
    reply = invoke("models.on_model_change", {"Records": records})
    number = records[1]["dynamodb"]["SequenceNumber"]
    assert reply == {"batchItemFailures": [{"itemIdentifier": number}]}
    assert [event["detail"]["data"]["model_id"] for event in subscriber()] == ["one"]


def test_a_failure_is_counted_for_the_alarm_and_by_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = {"model_id": "m", "code": "ServerDied", "what_else": "may come"}
    detail = {"id": "1", "occurred_at": NOON.isoformat(), "correlation_id": "c", "data": data}
    invoke("models.on_model_failed", {"detail-type": "ModelFailed.v1", "detail": detail})
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    metrics = [line for line in lines if "_aws" in line]
    dimensions = [line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] for line in metrics]
    assert dimensions == [[["service"]], [["code", "service"]]]
    assert [line["ModelFailed"] for line in metrics] == [[1.0], [1.0]]
    assert metrics[1]["code"] == "ServerDied"
