"""Roles allow what their policies say and nothing else."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.emulator.running import Emulator

TASKS = {"Service": "ecs-tasks.amazonaws.com"}


def policy(action: str, **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def credentials(ours: Emulator) -> dict[str, str]:
    """What an ECS agent fetches for a task whose role may list one bucket."""
    iam = ours.client("iam")
    trust = policy("sts:AssumeRole", Principal=TASKS)
    role = iam.create_role(RoleName="a-task", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    for bucket in ("allowed", "forbidden"):
        ours.client("s3").create_bucket(Bucket=bucket)
    only = policy("s3:ListBucket", Resource="arn:aws:s3:::allowed")
    iam.put_role_policy(RoleName="a-task", PolicyName="only", PolicyDocument=only)
    found = ours.client("sts").assume_role(RoleArn=role, RoleSessionName="task-1")["Credentials"]
    return {
        "key": found["AccessKeyId"],
        "secret": found["SecretAccessKey"],
        "token": found["SessionToken"],
    }


def test_a_task_role_may_do_what_its_policy_allows(
    ours: Emulator, credentials: dict[str, str]
) -> None:
    listed = ours.client("s3", **credentials).list_objects_v2(Bucket="allowed")

    assert listed["KeyCount"] == 0


def test_a_task_role_may_do_nothing_else(ours: Emulator, credentials: dict[str, str]) -> None:
    with pytest.raises(ClientError, match="not authorized to perform: s3:ListBucket"):
        ours.client("s3", **credentials).list_objects_v2(Bucket="forbidden")


def sends_two(emulator: Emulator) -> tuple[Any, list[str]]:
    """The client of a role that may send messages, and the ids of two that it sent at once."""
    iam, queues = emulator.client("iam"), emulator.client("sqs")
    url = queues.create_queue(QueueName="told")["QueueUrl"]
    trust = policy("sts:AssumeRole", Principal=TASKS)
    role = iam.create_role(RoleName="a-teller", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    send = policy("sqs:SendMessage", Resource="arn:aws:sqs:us-east-1:000000000000:told")
    iam.put_role_policy(RoleName="a-teller", PolicyName="send", PolicyDocument=send)
    sts = emulator.client("sts")
    found = sts.assume_role(RoleArn=role, RoleSessionName="task-2")["Credentials"]
    teller = emulator.client("sqs", *list(found.values())[:3])
    entries = [{"Id": name, "MessageBody": name} for name in "ab"]
    sent = teller.send_message_batch(QueueUrl=url, Entries=entries)
    return teller, [one["Id"] for one in sent["Successful"]]


def test_who_may_send_a_message_may_send_several_at_once(ours: Emulator) -> None:
    teller, sent = sends_two(ours)

    assert sent == ["a", "b"]
    with pytest.raises(ClientError, match="not authorized to perform: sqs:ReceiveMessage"):
        teller.receive_message(QueueUrl=f"{ours.url}/000000000000/told")


def test_ministack_asks_for_a_permission_that_aws_does_not_know(plain: Emulator) -> None:
    with pytest.raises(ClientError, match="sqs:SendMessageBatch"):
        sends_two(plain)


@pytest.mark.parametrize("part", ["secret", "token"])
def test_credentials_of_a_role_are_worth_nothing_in_part(
    ours: Emulator, credentials: dict[str, str], part: str
) -> None:
    with pytest.raises(ClientError, match="InvalidToken|SignatureDoesNotMatch|Invalid"):
        ours.client("s3", **credentials | {part: "wrong"}).list_objects_v2(Bucket="allowed")
