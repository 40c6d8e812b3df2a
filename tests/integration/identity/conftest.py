"""The token table and the registry on moto, and identity's environment."""

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from identity import wiring
from tests.support.issuer import CLIENT, Clock, Issuer, served

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "OIDC_CLIENT_ID": CLIENT,
    "OIDC_METADATA_URL": "",
    "GROUPS_CLAIM": "cognito:groups",
    "ADMIN_GROUP": "lisa-admins",
    "TOKENS_TABLE": "test-LISAApiTokenTable",
    "REGISTRY_TABLE": "test-LISARegistryTable",
    "POWERTOOLS_TRACE_DISABLED": "true",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    yield
    for name in ("door", "door_settings", "verifier", "tokens", "registry"):
        getattr(wiring, name).cache_clear()


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    """A client of moto's DynamoDB, with both tables made."""
    with mock_aws():
        client = boto3.client("dynamodb")
        for table, key in (("LISAApiTokenTable", "token"), ("LISARegistryTable", "scope")):
            client.create_table(
                TableName=f"test-{table}",
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
                KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
            )
        yield client


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """A provider on 127.0.0.1 that the authorizer trusts, on the machine's clock."""
    with served(Issuer(clock=Clock(time.time()))) as issuer:
        monkeypatch.setenv("OIDC_ISSUER", issuer.url)
        yield issuer
