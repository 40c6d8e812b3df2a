"""The probes against AWS's own answers, and a real server: what is there, gone, full or wrong."""

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Literal

import boto3
import pytest
from moto import mock_aws

from health.adapters.aws import Bucket, Bus, DeadLetters, Gateways, Table
from health.adapters.web import Address
from health.ports import Probe, Trouble


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


class Site(http.server.BaseHTTPRequestHandler):
    """Answers 200 with JSON, text or a list by path; 503 elsewhere."""

    answers = {"/health": b'{"status":"ok"}', "/text": b"hello", "/list": b"[1]"}

    def do_GET(self) -> None:
        found = self.answers.get(self.path)
        self.send_response(200 if found else 503)
        self.end_headers()
        self.wfile.write(found or b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def table(*names: str) -> None:
    kinds: tuple[Literal["HASH", "RANGE"], ...] = ("HASH", "RANGE")
    boto3.client("dynamodb").create_table(
        TableName="there",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "N" if name == "number" else "S"}
            for name in names
        ],
        KeySchema=[
            {"AttributeName": name, "KeyType": kind}
            for name, kind in zip(names, kinds, strict=False)
        ],
    )


@pytest.mark.parametrize("names", [("id",), ("scope", "number")])
def test_a_table_that_can_be_read_is_well(names: tuple[str, ...]) -> None:
    table(*names)
    Table("there", boto3.client("dynamodb")).look()


def target_group() -> str:
    """A target group of a network, with nothing in it."""
    vpc = boto3.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = boto3.client("elbv2").create_target_group(
        Name="gateway", Protocol="HTTP", Port=8080, VpcId=vpc, TargetType="ip"
    )
    return made["TargetGroups"][0]["TargetGroupArn"]


def test_a_balancer_that_finds_a_gateway_is_well_and_one_without_is_not() -> None:
    group, elbv2 = target_group(), boto3.client("elbv2")
    with pytest.raises(Trouble) as caught:
        Gateways(group, elbv2).look()
    assert caught.value.reason == "None of 0 answers the balancer."
    assert "gateway-none" in caught.value.fix
    elbv2.register_targets(TargetGroupArn=group, Targets=[{"Id": "10.0.0.7", "Port": 8080}])
    Gateways(group, elbv2).look()


@pytest.mark.parametrize("kind", ["table", "bus", "queue", "bucket", "gateway"])
def test_what_is_gone_is_said_to_be_gone(kind: str) -> None:
    gone: dict[str, Probe] = {
        "table": Table("gone", boto3.client("dynamodb")),
        "bus": Bus("gone", boto3.client("events")),
        "queue": DeadLetters("lisa-gone", "gone", boto3.client("sqs")),
        "bucket": Bucket("lisa-gone-bucket", boto3.client("s3")),
        "gateway": Gateways(target_group() + "0", boto3.client("elbv2")),
    }
    with pytest.raises(Trouble) as caught:
        gone[kind].look()
    assert caught.value.reason == "It does not exist."
    assert caught.value.fix


def test_a_bus_and_a_bucket_that_are_there_are_well() -> None:
    events, s3 = boto3.client("events"), boto3.client("s3")
    events.create_event_bus(Name="there")
    s3.create_bucket(Bucket="lisa-there")
    Bus("there", events).look()
    Bucket("lisa-there", s3).look()


def test_dead_letters_are_trouble() -> None:
    queues = boto3.client("sqs")
    address = queues.create_queue(QueueName="lisa-undelivered")["QueueUrl"]
    probe = DeadLetters("lisa-undelivered", "undelivered", queues)
    probe.look()
    queues.send_message(QueueUrl=address, MessageBody=json.dumps({}))
    with pytest.raises(Trouble, match="1 could not be handled") as caught:
        probe.look()
    assert "make redrive QUEUE=undelivered" in caught.value.fix


def test_an_address_that_answers_is_well(site: str) -> None:
    Address("gateway", f"{site}/health", "status", "fix").look()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "answered 503"),
        ("/text", "something else than JSON"),
        ("/list", "without `status`"),
    ],
)
def test_an_address_that_answers_wrongly_is_trouble(site: str, path: str, reason: str) -> None:
    with pytest.raises(Trouble, match=reason):
        Address("gateway", f"{site}{path}", "status", "fix").look()


def test_an_address_that_nobody_listens_at_is_trouble() -> None:
    with pytest.raises(Trouble, match="cannot be reached"):
        Address("gateway", "http://127.0.0.1:9/health", "status", "fix").look()
