"""What nothing could handle waits, says why, and is handled when the cause is mended."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest

from local.supervisor.state import REPOSITORY, State
from tests.e2e.client import Admin, eventually

NOWHERE = "lisa-local-nowhere"


class Operator:
    """Somebody with the rights of whoever deploys, and a shell."""

    def __init__(self, product: dict[str, Any], state: State) -> None:
        self._endpoint = product["aws_endpoint_url"]
        self._state = state
        self.deployment = "lisa-local"

    def aws(self, service: str) -> Any:
        create: Any = boto3.client
        return create(
            service,
            endpoint_url=self._endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a target of the Makefile against this product."""
        return subprocess.run(
            ["make", "--no-print-directory", *words, "ENVIRONMENT=local"],
            cwd=REPOSITORY,
            env=os.environ | {"LISA_STATE_DIR": str(self._state.folder)},
            capture_output=True,
            text=True,
        )

    @contextmanager
    def broken(self, function: str, **variables: str) -> Iterator[None]:
        """A function with wrong variables, until it is mended."""
        lambdas, name = self.aws("lambda"), f"{self.deployment}-{function}"
        known = lambdas.get_function_configuration(FunctionName=name)["Environment"]
        wrong = {"Variables": known["Variables"] | variables}
        lambdas.update_function_configuration(FunctionName=name, Environment=wrong)
        try:
            yield
        finally:
            lambdas.update_function_configuration(FunctionName=name, Environment=known)

    @contextmanager
    def impatient(self, function: str) -> Iterator[None]:
        """A reader of a stream that tries once: as often as usual takes minutes."""
        lambdas, name = self.aws("lambda"), f"{self.deployment}-{function}"
        (mapping,) = lambdas.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        usual = mapping.get("MaximumRetryAttempts", -1)
        lambdas.update_event_source_mapping(UUID=mapping["UUID"], MaximumRetryAttempts=0)
        try:
            yield
        finally:
            lambdas.update_event_source_mapping(UUID=mapping["UUID"], MaximumRetryAttempts=usual)

    def tokens_version(self) -> int:
        """What the gateways compare to see that a token changed."""
        row = self.aws("dynamodb").get_item(
            TableName=f"{self.deployment}-LISARegistryTable", Key={"scope": {"S": "version"}}
        )
        return int(row["Item"]["tokens"]["N"])

    def queue(self, name: str) -> str:
        found: str = self.aws("sqs").get_queue_url(QueueName=f"{self.deployment}-{name}")[
            "QueueUrl"
        ]
        return found

    def waiting(self, name: str) -> int:
        told = self.aws("sqs").get_queue_attributes(
            QueueUrl=self.queue(name), AttributeNames=["ApproximateNumberOfMessages"]
        )
        return int(told["Attributes"]["ApproximateNumberOfMessages"])

    def rows_with(self, table: str, text: str) -> list[Any]:
        """The rows of a table in which a text stands."""
        pages = self.aws("dynamodb").get_paginator("scan").paginate(TableName=table)
        return [row for page in pages for row in page["Items"] if text in json.dumps(row)]


@pytest.fixture
def operator(product: dict[str, Any], product_state: State) -> Operator:
    return Operator(product, product_state)


def deleted(person: Admin, number: int) -> str:
    """A session that was begun and deleted."""
    session = f"redrive-{number}-{os.getpid()}"
    message: dict[str, Any] = {"messageId": f"m-{number:026d}", "parentId": None, "role": "user"}
    said = {
        "content": f"remember {session}",
        "status": "complete",
        "createdAt": "2026-12-01T00:00:00Z",
    }
    path = f"/session/{session}"
    status, answer = person.call("POST", f"{path}/messages", {"messages": [message | said]})
    assert status == 201, answer
    assert person.call("DELETE", path)[0] == 200
    return session


def as_a_rule_leaves_it(operator: Operator) -> None:
    """Put one of the letters in the form of a rule whose target could not be asked at all."""
    queues, address = operator.aws("sqs"), operator.queue("undelivered")
    rule, target = rule_of(operator.aws("events"), operator.deployment, "SessionDeleted.v1")
    (message,) = queues.receive_message(QueueUrl=address, MaxNumberOfMessages=1)["Messages"]
    queues.delete_message(QueueUrl=address, ReceiptHandle=message["ReceiptHandle"])
    told = {"RULE_ARN": rule, "TARGET_ARN": target, "ERROR_CODE": "SDK_CLIENT_ERROR"}
    queues.send_message(
        QueueUrl=address,
        MessageBody=message["Body"],
        MessageAttributes={
            name: {"DataType": "String", "StringValue": text} for name, text in told.items()
        },
    )


def rule_of(events: Any, deployment: str, fact: str) -> tuple[str, str]:
    for rule in events.list_rules(EventBusName=f"{deployment}-bus")["Rules"]:
        if fact in rule.get("EventPattern", ""):
            targets = events.list_targets_by_rule(
                Rule=rule["Name"], EventBusName=f"{deployment}-bus"
            )
            return rule["Arn"], targets["Targets"][0]["Arn"]
    raise LookupError(fact)


def test_a_fact_that_no_function_took_is_given_again(operator: Operator, person: Admin) -> None:
    table = f"{operator.deployment}-LISASessionsTable"
    before = operator.waiting("undelivered")
    with operator.broken("sessions-on-session-deleted", SESSIONS_TABLE=NOWHERE):
        sessions = [deleted(person, number) for number in range(2)]
        eventually(lambda: operator.waiting("undelivered") == before + 2 or None)
        assert all(operator.rows_with(table, one) for one in sessions)
        failing = operator.make("redrive", "QUEUE=undelivered")
        assert failing.returncode != 0
        assert "failed   SessionDeleted.v1" in failing.stdout
        assert f"0 handled, {before + 2} still in undelivered." in failing.stdout
    as_a_rule_leaves_it(operator)
    listed = operator.make("dead-letters").stdout
    function = f"{operator.deployment}-sessions-on-session-deleted"
    assert f"SessionDeleted.v1 for {function}: SDK_CLIENT_ERROR" in listed
    assert "SessionDeleted.v1 for whoever listens: " in listed
    mended = operator.make("redrive", "QUEUE=undelivered")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert not any(operator.rows_with(table, one) for one in sessions)
    assert operator.waiting("undelivered") == 0


def test_a_change_that_nobody_was_told_is_told_again(operator: Operator, person: Admin) -> None:
    before = operator.tokens_version()
    function = "identity-on-token-change"
    with operator.impatient(function), operator.broken(function, REGISTRY_TABLE=NOWHERE):
        token = person.call("POST", "/api-tokens", {"name": "told-late"})[1]
        eventually(lambda: operator.waiting("identity-untold-changes") or None)
    assert operator.tokens_version() == before
    told = operator.make("redrive", "QUEUE=identity-untold-changes")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "handled  changes of lisa-local-LISAApiTokenTable" in told.stdout
    assert operator.tokens_version() > before
    assert operator.waiting("identity-untold-changes") == 0
    person.call("DELETE", f"/api-tokens/{token['tokenUUID']}")
