"""Dead letters, given again to whom they were for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from operations.redrive.letters import Changes, Event, Message
from operations.redrive.stream import changes

# As long as the slowest function may take; what has happened once is not asked for twice.
_PATIENT = Config(read_timeout=900, retries={"total_max_attempts": 1})
_GONE = "TrimmedDataAccessException"


class NotDelivered(Exception):
    """It failed again; says how, and what to do."""


@dataclass(frozen=True)
class Delivery:
    """Gives letters of one deployment again; `endpoint` only on a laptop."""

    session: boto3.Session
    deployment: str
    endpoint: str | None = None

    def client(self, service: str) -> Any:
        """Return a client of a service."""
        create: Any = self.session.client
        return create(service, endpoint_url=self.endpoint, config=_PATIENT)

    @singledispatchmethod
    def give(self, letter: Any) -> None:
        """Give a letter to whom it was for; NotDelivered if it is not taken."""
        raise NotDelivered(f"Nothing here knows whom a {type(letter).__name__} is for.")

    @give.register
    def _(self, letter: Changes) -> None:
        try:
            records = changes(self.client("dynamodbstreams"), letter)
        except ClientError as error:
            if error.response["Error"]["Code"] != _GONE:
                raise
            raise NotDelivered(
                "The stream keeps changes for 24 hours, and these are older. Save what was changed "
                "once more, by the API, then remove this message."
            ) from None
        answer = self._invoked(letter.function, {"Records": records}) or {}
        if answer.get("batchItemFailures"):
            raise NotDelivered("The function reports a failure again. Its log says which.")

    @give.register
    def _(self, letter: Event) -> None:
        if letter.function:
            self._invoked(letter.function, letter.event)
            return
        targets = list(self._targets(letter))
        if not targets:
            raise NotDelivered("No rule lets it through any longer. Remove this message.")
        for target in targets:
            self._hand_over(target, letter.event)

    @give.register
    def _(self, letter: Message) -> None:
        queues = self.client("sqs")
        name = letter.source.rpartition(":")[2]
        address = queues.get_queue_url(QueueName=name)["QueueUrl"]
        queues.send_message(
            QueueUrl=address, MessageBody=letter.body, MessageAttributes=letter.attributes
        )

    def _invoked(self, function: str, event: dict[str, Any]) -> Any:
        answer = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
        told = json.load(answer["Payload"])
        if "FunctionError" in answer:
            raise NotDelivered(f"It failed again: {told.get('errorMessage', told)}.")
        return told

    def _targets(self, letter: Event) -> Iterator[dict[str, Any]]:
        """Who is to have an event: what its rule named, or every function that hears of it."""
        events = self.client("events")
        if letter.rule:
            bus, _, rule = letter.rule.partition(":rule/")[2].rpartition("/")
            named = events.list_targets_by_rule(Rule=rule, EventBusName=bus or "default")["Targets"]
            yield from (one for one in named if one["Arn"] == letter.target)
            return
        for bus, name in self._hearing(events, json.dumps(letter.event)):
            found = events.list_targets_by_rule(Rule=name, EventBusName=bus)["Targets"]
            yield from (one for one in found if ":lambda:" in one["Arn"])

    def _hearing(self, events: Any, event: str) -> Iterator[tuple[str, str]]:
        """Yield bus and name of each of our rules that lets an event through."""
        ours = {f"{self.deployment}-bus": {}, "default": {"NamePrefix": f"{self.deployment}-aws-"}}
        pages = events.get_paginator("list_rules")
        for bus, given in ours.items():
            for rule in pages.paginate(EventBusName=bus, **given).search("Rules[?EventPattern]"):
                pattern = rule["EventPattern"]
                if events.test_event_pattern(EventPattern=pattern, Event=event)["Result"]:
                    yield bus, rule["Name"]

    def _hand_over(self, target: dict[str, Any], event: dict[str, Any]) -> None:
        given: Any = event
        # Rules of ours ask for a part of an event by names alone: `$.detail.data`.
        for name in target.get("InputPath", "$").split(".")[1:]:
            given = given[name]
        match target["Arn"].split(":")[2]:
            case "lambda":
                self._invoked(target["Arn"], given)
            case "sqs":
                queues = self.client("sqs")
                name = target["Arn"].rpartition(":")[2]
                address = queues.get_queue_url(QueueName=name)["QueueUrl"]
                queues.send_message(QueueUrl=address, MessageBody=json.dumps(given))
            case "states":
                self.client("stepfunctions").start_execution(
                    stateMachineArn=target["Arn"], input=json.dumps(given)
                )
            case other:
                raise NotDelivered(f"Nothing here knows how to give an event to {other}.")
