"""What a permission is checked against: conditions, resources and transport, as on AWS."""

import json
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator

ACCOUNT = "arn:aws:{service}:us-east-1:000000000000"
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
SPEAKS_FOR_ITSELF = {
    "Effect": "Allow",
    "Action": "events:PutEvents",
    "Resource": "*",
    "Condition": {"StringEquals": {"events:source": "itself"}},
}
LISTS_ONE_CLUSTER = {
    "Effect": "Allow",
    "Action": "ecs:ListTasks",
    "Resource": "*",
    "Condition": {
        "ArnLike": {"ecs:cluster": ACCOUNT.format(service="ecs") + ":cluster/conditions-*"}
    },
}
DESCRIBES_SERVICES = {
    "Effect": "Allow",
    "Action": "ecs:DescribeServices",
    "Resource": ACCOUNT.format(service="ecs") + ":service/conditions-*",
}
STATEMENTS: list[dict[str, Any]] = [SPEAKS_FOR_ITSELF, LISTS_ONE_CLUSTER, DESCRIBES_SERVICES]
TLS_ONLY = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::tls-only", "arn:aws:s3:::tls-only/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
READS_BUCKET = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::tls-only"}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def limited(emulator: Emulator) -> dict[str, str]:
    """Credentials of a role that may do what STATEMENTS say."""
    iam = emulator.client("iam")
    with suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_role(RoleName="conditions", AssumeRolePolicyDocument=document(TRUST))
    allowed = document(*STATEMENTS, READS_BUCKET)
    iam.put_role_policy(RoleName="conditions", PolicyName="p", PolicyDocument=allowed)
    role = iam.get_role(RoleName="conditions")["Role"]["Arn"]
    found = emulator.client("sts").assume_role(RoleArn=role, RoleSessionName="tests")["Credentials"]
    return {
        "key": found["AccessKeyId"],
        "secret": found["SecretAccessKey"],
        "token": found["SessionToken"],
    }


def say(emulator: Emulator, source: str) -> int:
    entry = {"Source": source, "DetailType": "Said.v1", "Detail": "{}"}
    reply = emulator.client("events", **limited(emulator)).put_events(Entries=[entry])
    return int(reply["FailedEntryCount"])


def clusters(emulator: Emulator) -> Any:
    for name in ("conditions-a", "other"):
        emulator.client("ecs").create_cluster(clusterName=name)
    return emulator.client("ecs", **limited(emulator))


def locked_bucket(emulator: Emulator) -> Any:
    s3 = emulator.client("s3")
    s3.create_bucket(Bucket="tls-only")
    s3.put_bucket_policy(Bucket="tls-only", Policy=document(TLS_ONLY))
    return emulator.client("s3", **limited(emulator))


def test_ministack_does_not_know_the_source_of_an_event(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="not authorized to perform: events:PutEvents"):
        say(plain, "itself")


def test_a_service_may_speak_for_itself_and_for_nobody_else(ours: Emulator) -> None:
    assert say(ours, "itself") == 0

    with pytest.raises(ClientError, match="not authorized to perform: events:PutEvents"):
        say(ours, "another")


def test_ministack_does_not_know_the_cluster_of_a_list(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="not authorized to perform: ecs:ListTasks"):
        clusters(plain).list_tasks(cluster="conditions-a")


def test_listing_is_narrowed_to_clusters(ours: Emulator) -> None:
    assert clusters(ours).list_tasks(cluster="conditions-a")["taskArns"] == []

    with pytest.raises(ClientError, match="not authorized to perform: ecs:ListTasks"):
        clusters(ours).list_tasks(cluster="other")


def test_ministack_asks_for_the_cluster_when_a_service_is_described(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="not authorized to perform: ecs:DescribeServices"):
        clusters(plain).describe_services(cluster="conditions-a", services=["s"])


def test_describing_is_narrowed_to_services(ours: Emulator) -> None:
    described = clusters(ours).describe_services(cluster="conditions-a", services=["s"])
    assert described["failures"][0]["reason"] == "MISSING"

    with pytest.raises(ClientError, match="not authorized to perform: ecs:DescribeServices"):
        clusters(ours).describe_services(cluster="other", services=["s"])


def test_ministack_takes_the_loopback_for_an_open_network(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="explicit deny"):
        locked_bucket(plain).list_objects_v2(Bucket="tls-only")


def test_the_loopback_is_as_good_as_tls(ours: Emulator) -> None:
    assert locked_bucket(ours).list_objects_v2(Bucket="tls-only")["KeyCount"] == 0
