"""A service's token is replaced step by step, as Secrets Manager asks, and no call is refused."""

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from identity.adapters.dynamo import DynamoTokens
from identity.service_token import OVERLAP
from identity.tokens import Grant, digest, grant
from identity.wiring import book
from kernel.observability import client
from tests.support.calling import invoke

TABLE = "test-LISAApiTokenTable"
SERVICE = "lisa-repositories"
STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
VERSION = "6f0c3f4e-0000-4000-8000-{:012d}"


@pytest.fixture
def secret(dynamodb: Any) -> str:
    """The ARN of the service's secret, by which nobody is let in yet."""
    made = client("secretsmanager").create_secret(
        Name="test/service-tokens/repositories", SecretString="first" * 12
    )
    return str(made["ARN"])


def rotate(secret: str, number: int, *steps: str) -> None:
    for step in steps or STEPS:
        event = {"SecretId": secret, "ClientRequestToken": VERSION.format(number), "Step": step}
        assert invoke("identity.rotate_service_token", event) is None


def current(secret: str) -> str:
    # Without the stage it is the same on AWS, but not on moto.
    found = client("secretsmanager").get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")
    return str(found["SecretString"])


def lets_in(text: str, at: float | None = None) -> Grant:
    row = DynamoTokens(TABLE).get(digest(text))
    assert row is not None
    return grant(row, text, time.time() if at is None else at)


def test_the_new_token_is_good_before_anybody_has_it_and_the_old_one_after(secret: str) -> None:
    rotate(secret, 1)
    first = current(secret)
    rotate(secret, 2, "createSecret", "setSecret", "testSecret")
    assert current(secret) == first
    assert len([*book().of(SERVICE)]) == 2
    rotate(secret, 2, "finishSecret")
    second = current(secret)
    assert second != first
    assert lets_in(second).expires_at is None
    ends = lets_in(first).expires_at
    assert ends is not None and OVERLAP - 60 < ends - time.time() <= OVERLAP
    assert (lets_in(second).username, lets_in(second).groups) == (SERVICE, (SERVICE,))


def test_every_step_may_be_repeated(secret: str) -> None:
    rotate(secret, 1, *[step for step in STEPS for _ in range(2)])
    made = current(secret)
    rotate(secret, 1)
    assert current(secret) == made
    assert lets_in(made).expires_at is None
    assert len([*book().of(SERVICE)]) == 1


def test_of_all_that_there_were_two_are_left(secret: str) -> None:
    for number in range(1, 4):
        rotate(secret, number)
        client("dynamodb").update_item(
            TableName=TABLE,
            Key={"token": {"S": digest(current(secret))}},
            UpdateExpression="SET createdDate = :made",
            ExpressionAttributeValues={":made": {"N": str(number)}},
        )
        for token in book().of(SERVICE):
            if token.expires_at is not None:
                client("dynamodb").update_item(
                    TableName=TABLE,
                    Key={"token": {"S": token.key}},
                    UpdateExpression="SET tokenExpiration = :past",
                    ExpressionAttributeValues={":past": {"N": "1"}},
                )
    assert len([*book().of(SERVICE)]) == 2


def test_a_rotation_that_fails_leaves_the_old_token_as_it_was(secret: str) -> None:
    rotate(secret, 1)
    made = current(secret)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        rotate(secret, 2, "setSecret")
    assert current(secret) == made
    assert lets_in(made).expires_at is None


def test_no_other_secret_is_a_services_token(secret: str) -> None:
    for name in ("test/models/repositories", "test/repositories/hr", "service-tokens/repositories"):
        other = client("secretsmanager").create_secret(Name=name, SecretString="theirs")["ARN"]
        with pytest.raises(ValueError, match="not called"):
            rotate(other, 1)
        assert current(other) == "theirs"
    assert client("dynamodb").scan(TableName=TABLE)["Count"] == 0
