"""The token table and the registry on moto, and identity's environment."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from identity import wiring
from identity.settings import settings
from kernel.observability import client
from tests.support.issuer import CLIENT, Clock, Issuer, served
from tests.support.sources import ROOT
from tests.support.templates import Json, resources

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "OIDC_CLIENT_ID": CLIENT,
    "OIDC_METADATA_URL": "",
    "GROUPS_CLAIM": "cognito:groups",
    "ADMIN_GROUP": "lisa-admins",
    "RAG_ADMIN_GROUP": "librarians",
    "BUS_NAME": "test-bus",
    "TOKENS_TABLE": "test-LISAApiTokenTable",
    "REGISTRY_TABLE": "test-LISARegistryTable",
    "SWITCHES_TABLE": "test-LISAConfigurationTable",
    "POWERTOOLS_TRACE_DISABLED": "true",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    yield
    for cached in (wiring.door, wiring.door_settings, wiring.verifier, wiring.tokens, settings):
        cached.cache_clear()


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    """The product's client of moto's DynamoDB, with both tables made, the one as it is deployed."""
    deployed = resources(ROOT / "functions/identity/template.yaml", "AWS::DynamoDB::Table")
    with mock_aws():
        dynamo = client("dynamodb")
        dynamo.create_table(**table(deployed["TokenTable"], "test-LISAApiTokenTable"))
        dynamo.create_table(
            TableName="test-LISARegistryTable",
            AttributeDefinitions=[{"AttributeName": "scope", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "scope", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield dynamo


def table(properties: Json, name: str) -> Json:
    """A request to make a table as a template declares it."""
    kept = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
    stream = properties["StreamSpecification"] | {"StreamEnabled": True}
    request = {key: properties[key] for key in kept}
    return request | {"TableName": name, "StreamSpecification": stream}


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    """A provider on 127.0.0.1 that the authorizer trusts, on the machine's clock."""
    with served(Issuer(clock=Clock(time.time()))) as issuer:
        monkeypatch.setenv("OIDC_ISSUER", issuer.url)
        yield issuer
