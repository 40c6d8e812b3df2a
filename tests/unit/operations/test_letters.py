"""A dead letter says for whom it was and why it failed, in whichever service's form."""

import json
from typing import Any

import pytest

from operations.redrive.letters import QUEUES, Changes, Event, Message, read
from tests.operations_template.things import things

FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:lisa-models-on-model-change"
STREAM = "arn:aws:dynamodb:eu-west-1:123456789012:table/lisa-LISAModelTable/stream/2026"
RULE = "arn:aws:events:eu-west-1:123456789012:rule/lisa-bus/told"
FACT = {"detail-type": "ModelFailed.v1", "source": "models", "detail": {"id": "1"}}


def message(body: Any, **attributes: str) -> dict[str, Any]:
    told = {
        name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
    }
    return {"Body": body if isinstance(body, str) else json.dumps(body), "MessageAttributes": told}


def test_changes_that_a_stream_gave_up() -> None:
    batch = {
        "shardId": "shard",
        "startSequenceNumber": "11",
        "endSequenceNumber": "12",
        "streamArn": STREAM,
    }
    context = {"functionArn": FUNCTION, "condition": "RetryAttemptsExhausted"}
    letter = read(message({"requestContext": context, "DDBStreamBatchInfo": batch}))
    assert letter == Changes(FUNCTION, STREAM, "shard", "11", "12", "RetryAttemptsExhausted")
    assert str(letter) == (
        "changes of lisa-LISAModelTable for lisa-models-on-model-change: RetryAttemptsExhausted"
    )


def test_an_event_that_lambda_gave_up_and_said_whose() -> None:
    letter = read(
        message(
            {
                "requestContext": {"functionArn": FUNCTION, "condition": "RetriesExhausted"},
                "requestPayload": FACT,
                "responsePayload": {"errorMessage": "no such table"},
            }
        )
    )
    assert letter == Event(FACT, "no such table", function=FUNCTION)
    assert str(letter) == "ModelFailed.v1 for lisa-models-on-model-change: no such table"


def test_an_event_that_lambda_gave_up_without_saying_whose() -> None:
    letter = read(message(FACT, RequestID="1", ErrorCode="200", ErrorMessage="no such table"))
    assert letter == Event(FACT, "no such table")
    assert str(letter) == "ModelFailed.v1 for whoever listens: no such table"


def test_an_event_that_a_rules_target_did_not_take() -> None:
    letter = read(message(FACT, RULE_ARN=RULE, TARGET_ARN=FUNCTION, ERROR_CODE="NO_PERMISSIONS"))
    assert letter == Event(FACT, "NO_PERMISSIONS", rule=RULE, target=FUNCTION)


@pytest.mark.parametrize("body", ['{"requests": 1}', "not JSON", "[1, 2]"])
def test_a_message_of_another_queue(body: str) -> None:
    source = "arn:aws:sqs:eu-west-1:123456789012:lisa-usage-records"
    given = message(body, kind="usage") | {"Attributes": {"DeadLetterQueueSourceArn": source}}
    letter = read(given)
    assert letter == Message(body, given["MessageAttributes"], source)
    assert "lisa-usage-records" in str(letter)


def test_every_dead_letter_queue_of_the_templates_can_be_redriven() -> None:
    assert sorted(QUEUES) == sorted(things()["dead-letter"])
