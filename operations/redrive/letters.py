"""What lies in a dead-letter queue: for whom it was, and why it failed. Pure.

Four services put messages there, each in its own form: a table's stream tells which changes it gave
up, Lambda and EventBridge leave the event, and SQS the message itself.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

type Json = dict[str, Any]

# The dead-letter queues of a deployment, named after it.
QUEUES = ("undelivered", "identity-untold-changes", "usage-uncounted", "repositories-unaccepted")


@dataclass(frozen=True)
class Changes:
    """Changes of a table that a function could not handle. Their stream has them for a day."""

    function: str
    stream: str
    shard: str
    first: str
    last: str
    reason: str

    def __str__(self) -> str:
        table = self.stream.partition("/stream/")[0].rpartition("/")[2]
        return f"changes of {table} for {_name(self.function)}: {self.reason}"


@dataclass(frozen=True)
class Event:
    """An event that a function, or the target of a rule, did not take.

    `function` or `rule` and `target` are ARNs; all are empty where the service did not say.
    """

    event: Json
    reason: str
    function: str = ""
    rule: str = ""
    target: str = ""

    def __str__(self) -> str:
        what = self.event.get("detail-type") or "an event"
        whom = self.function or self.target
        return f"{what} for {_name(whom) if whom else 'whoever listens'}: {self.reason}"


@dataclass(frozen=True)
class Message:
    """A message of another queue, which was received in vain as often as it may be."""

    body: str
    attributes: Mapping[str, Any]
    source: str

    def __str__(self) -> str:
        return f"a message of {_name(self.source) or 'its queue'}: received too often"


type Letter = Changes | Event | Message


def read(message: Mapping[str, Any]) -> Letter:
    """Return what a message, as SQS gives it, is about."""
    attributes = message.get("MessageAttributes", {})
    told = {name: str(one.get("StringValue", "")) for name, one in attributes.items()}
    body = _document(message["Body"])
    match body:
        case {"DDBStreamBatchInfo": batch, "requestContext": context}:
            return Changes(
                function=context["functionArn"],
                stream=batch["streamArn"],
                shard=batch["shardId"],
                first=batch["startSequenceNumber"],
                last=batch["endSequenceNumber"],
                reason=context["condition"],
            )
        case {"requestPayload": dict(event), "requestContext": context}:
            answer = body.get("responsePayload") or {}
            reason = answer.get("errorMessage") or context["condition"]
            return Event(event, reason, function=context["functionArn"])
    if "RULE_ARN" in told:
        reason = told.get("ERROR_MESSAGE") or told.get("ERROR_CODE", "")
        return Event(body, reason, rule=told["RULE_ARN"], target=told.get("TARGET_ARN", ""))
    if "RequestID" in told and "ErrorMessage" in told:
        return Event(body, told["ErrorMessage"])
    source = message.get("Attributes", {}).get("DeadLetterQueueSourceArn", "")
    return Message(message["Body"], attributes, source)


def _document(text: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _name(arn: str) -> str:
    return arn.rpartition(":")[2]
