"""A service on moto: its environment, and its table as its own template makes it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from moto import mock_aws

from kernel.observability import client
from tests.support.sources import ROOT
from tests.support.templates import resources

USUAL = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "POWERTOOLS_TRACE_DISABLED": "true",
}
# What moto takes of a table's properties.
_SHAPE = {
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "BillingMode",
}


@contextmanager
def table_made(service: str, name: str) -> Iterator[Any]:
    """A client of moto's DynamoDB, in which the service's table is there by that name."""
    template = ROOT / "functions" / service / "template.yaml"
    declared = resources(template, "AWS::DynamoDB::Table")["Table"]
    with mock_aws():
        dynamodb = client("dynamodb")
        shape = {key: value for key, value in declared.items() if key in _SHAPE}
        dynamodb.create_table(TableName=name, **shape)
        yield dynamodb


def set_environment(monkeypatch: pytest.MonkeyPatch, service: str, own: Mapping[str, str]) -> None:
    """Set what every function reads, and what only this service's do."""
    for name, value in {**USUAL, "POWERTOOLS_SERVICE_NAME": service, **own}.items():
        monkeypatch.setenv(name, value)
