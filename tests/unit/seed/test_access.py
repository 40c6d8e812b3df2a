"""People and the token: made once, the same at every start."""

import base64
import json
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.seed.access import ADMIN_GROUP, Access, ensure_access
from local.seed.keepsake import Keepsake

TABLE = "lisa-local-LISAApiTokenTable"


@pytest.fixture
def outputs(aws: None) -> dict[str, str]:
    cognito = boto3.client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="people")["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
    )
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "token", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "token", "KeyType": "HASH"}],
    )
    issuer = f"https://cognito-idp.us-east-1.example.org/{pool}"
    client_id = client["UserPoolClient"]["ClientId"]
    return {"OidcIssuer": issuer, "OidcClientId": client_id, "TokenTableName": TABLE}


@pytest.fixture
def access(outputs: dict[str, str], tmp_path: Path) -> Access:
    return ensure_access(outputs, Keepsake(tmp_path / "kept.json"))


def claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))


def test_only_the_administrator_is_in_the_group(access: Access) -> None:
    assert claims(access.admin.id_token)["cognito:groups"] == [ADMIN_GROUP]
    assert "cognito:groups" not in claims(access.user.id_token)


def test_the_token_is_a_row_as_an_operator_would_put_it(access: Access) -> None:
    rows = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert rows == [{"token": {"S": access.token}}]


def test_a_second_start_changes_nothing_that_was_given_out(
    outputs: dict[str, str], access: Access, tmp_path: Path
) -> None:
    again = ensure_access(outputs, Keepsake(tmp_path / "kept.json"))
    assert (again.token, again.admin.password) == (access.token, access.admin.password)
    assert len(boto3.client("dynamodb").scan(TableName=TABLE)["Items"]) == 1


def test_a_row_that_an_operator_changed_is_left_alone(
    outputs: dict[str, str], access: Access, tmp_path: Path
) -> None:
    row = {"token": {"S": access.token}, "tokenExpiration": {"N": "1"}}
    boto3.client("dynamodb").put_item(TableName=TABLE, Item=row)
    ensure_access(outputs, Keepsake(tmp_path / "kept.json"))
    assert boto3.client("dynamodb").scan(TableName=TABLE)["Items"] == [row]


def test_what_is_kept_is_for_its_owner_only(access: Access, tmp_path: Path) -> None:
    assert access.user.password in (tmp_path / "kept.json").read_text()
    assert (tmp_path / "kept.json").stat().st_mode & 0o077 == 0
