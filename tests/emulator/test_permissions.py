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


def test_who_may_send_a_message_may_send_several_at_once(ours: Emulator) -> None:
    iam, queues = ours.client("iam"), ours.client("sqs")
    url = queues.create_queue(QueueName="told")["QueueUrl"]
    trust = policy("sts:AssumeRole", Principal=TASKS)
    role = iam.create_role(RoleName="a-teller", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    send = policy("sqs:SendMessage", Resource="arn:aws:sqs:us-east-1:000000000000:told")
    iam.put_role_policy(RoleName="a-teller", PolicyName="send", PolicyDocument=send)
    found = ours.client("sts").assume_role(RoleArn=role, RoleSessionName="task-2")["Credentials"]
    teller = ours.client("sqs", *list(found.values())[:3])

    sent = teller.send_message_batch(
        QueueUrl=url, Entries=[{"Id": name, "MessageBody": name} for name in "ab"]
    )

    assert [one["Id"] for one in sent["Successful"]] == ["a", "b"]
    with pytest.raises(ClientError, match="not authorized to perform: sqs:ReceiveMessage"):
        teller.receive_message(QueueUrl=url)


@pytest.mark.parametrize("part", ["secret", "token"])
def test_credentials_of_a_role_are_worth_nothing_in_part(
    ours: Emulator, credentials: dict[str, str], part: str
) -> None:
    with pytest.raises(ClientError, match="InvalidToken|SignatureDoesNotMatch|Invalid"):
        ours.client("s3", **credentials | {part: "wrong"}).list_objects_v2(Bucket="allowed")
