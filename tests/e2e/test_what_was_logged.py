"""The secrets of a run are in no log, no event, no workflow and no row but where they belong."""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openai
import pytest

from local.supervisor.state import State
from tests.e2e.client import Admin, ask, aws, eventually, serve
from tests.e2e.library import Library
from tests.e2e.test_sessions import add, question

MODEL = "e2e-logged"
EVERYTHING = json.dumps({"source": [{"prefix": ""}]})


@dataclass
class Day:
    """What was said and shown in the course of a day, by what it is."""

    secrets: dict[str, str] = field(default_factory=dict)

    def new(self, what: str) -> str:
        """A text that is nowhere else."""
        self.secrets[what] = f"s3cr3t{secrets.token_hex(12)}"
        return self.secrets[what]

    def found_in(self, text: str) -> list[str]:
        return [what for what, secret in self.secrets.items() if secret in text]


@pytest.fixture(scope="module")
def heard(product: dict[str, Any]) -> Iterator[list[str]]:
    """All that is told on the buses from here on: read it with `drained`."""
    events, sqs = aws(product, "events"), aws(product, "sqs")
    url = sqs.create_queue(QueueName="e2e-eavesdropper")["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    buses = [bus["Name"] for bus in events.list_event_buses()["EventBuses"]]
    for bus in buses:
        events.put_rule(Name="e2e-eavesdropper", EventBusName=bus, EventPattern=EVERYTHING)
        target = {"Id": "queue", "Arn": asked["Attributes"]["QueueArn"]}
        events.put_targets(Rule="e2e-eavesdropper", EventBusName=bus, Targets=[target])
    yield [url]
    for bus in buses:
        events.remove_targets(Rule="e2e-eavesdropper", EventBusName=bus, Ids=["queue"])
        events.delete_rule(Name="e2e-eavesdropper", EventBusName=bus)
    sqs.delete_queue(QueueUrl=url)


@pytest.fixture(scope="module")
def day(product: dict[str, Any], heard: list[str]) -> Day:
    """Somebody chats, keeps, uploads, fails, makes a token and a model with a key."""
    one, person = Day(), Admin(product, product["user"]["id_token"])
    one.secrets |= {who: product[who]["id_token"] for who in ("admin", "user")}
    one.secrets |= {f"{who}'s password": product[who]["password"] for who in ("admin", "user")}
    chats(product, person, one)
    with Library(product).made() as library:
        document = library.upload("diary.txt", f"Dear diary, {one.new('document')}.".encode())
        assert document["status"] == "COMPLETED"
        assert library.search(one.new("search")) is not None
    add(person, f"/session/{secrets.token_hex(8)}", question(1, content=one.new("message")))
    admin = Admin(product)
    admin.create(
        MODEL, modelName="openai/x", modelType="textgen", apiKey=one.new("key"),
        modelUrl="http://127.0.0.1:9/v1",
    )  # fmt: skip
    assert admin.settled(MODEL)["status"] == "InService"
    fails(product, one)
    admin.remove(MODEL)
    return one


def chats(product: dict[str, Any], person: Admin, day: Day) -> None:
    made = person.call("POST", "/api-tokens", {"name": "e2e logged"})[1]
    day.secrets["token"] = made["token"]
    client = serve(product, made["token"])
    ask(client, "tiny-chat", day.new("prompt"), max_tokens=4)
    for _ in ask(client, "tiny-chat", day.new("streamed prompt"), max_tokens=4, stream=True):
        pass
    person.call("DELETE", f"/api-tokens/{made['tokenUUID']}")


def fails(product: dict[str, Any], day: Day) -> None:
    """Failures tell most: of a model, of a token, of a body."""
    for model in (MODEL, "no-such-model"):
        with pytest.raises(openai.APIError):
            ask(serve(product), model, day.new(f"prompt to {model}"))
    with pytest.raises(openai.AuthenticationError):
        serve(product, day.new("guessed token")).models.list()
    body = f'{{"modelId": "{day.new("broken body")}'.encode()
    assert Admin(product).call("POST", "/models", body)[0] == 400
    assert Admin(product, day.new("guessed sign-in")).call("GET", "/models")[0] == 401


def test_a_day_tells_no_log_what_was_said(
    product: dict[str, Any], product_state: State, day: Day
) -> None:
    logs = {log.name: log.read_text("utf-8", "replace") for log in product_state.logs.glob("*.log")}
    assert any('"event":"request"' in text for text in logs.values())
    told = {name: day.found_in(text) for name, text in logs.items()}
    assert not any(told.values()), {name: found for name, found in told.items() if found}


def test_a_day_tells_no_function_log_what_was_said(product: dict[str, Any], day: Day) -> None:
    logs = aws(product, "logs")
    groups = [
        group["logGroupName"]
        for page in logs.get_paginator("describe_log_groups").paginate()
        for group in page["logGroups"]
    ]
    told, lines = {}, 0
    for group in groups:
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
            lines += len(page["events"])
            if found := day.found_in(json.dumps(page["events"])):
                told[group] = found
    assert lines
    assert told == {}


def test_a_day_tells_no_event_what_was_said(
    product: dict[str, Any], day: Day, heard: list[str]
) -> None:
    sqs, told = aws(product, "sqs"), list[str]()

    def drained() -> bool | None:
        got = sqs.receive_message(QueueUrl=heard[0], MaxNumberOfMessages=10, WaitTimeSeconds=1)
        told.extend(one["Body"] for one in got.get("Messages", []))
        return None if got.get("Messages") else True

    eventually(drained)
    assert any("ModelReady" in one for one in told)
    assert [day.found_in(one) for one in told if day.found_in(one)] == []


def test_a_day_tells_no_workflow_what_was_said(product: dict[str, Any], day: Day) -> None:
    workflows, executions = aws(product, "stepfunctions"), []
    for machine in workflows.list_state_machines()["stateMachines"]:
        arn = machine["stateMachineArn"]
        for one in workflows.list_executions(stateMachineArn=arn)["executions"][:10]:
            kept = workflows.get_execution_history(executionArn=one["executionArn"])["events"]
            executions.append(json.dumps(kept, default=str))
    assert executions
    # Words of a document are in a workflow's bucket, never in its history.
    assert [day.found_in(one) for one in executions if day.found_in(one)] == []


def test_a_row_has_no_secret_of_a_credential(product: dict[str, Any], day: Day) -> None:
    """Tokens are kept as hashes, keys in the secret store alone."""
    dynamodb = aws(product, "dynamodb")
    credentials = {"token", "key", "admin", "user", "admin's password", "user's password"}
    told = {}
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            found = credentials & set(day.found_in(json.dumps(page["Items"], default=str)))
            if found:
                told[table] = found
    assert told == {}
