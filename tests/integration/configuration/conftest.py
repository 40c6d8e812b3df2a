"""The table of versions on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from configuration.settings import settings
from kernel.observability import client
from tests.support.sources import ROOT
from tests.support.templates import resources

TABLE, BUS = "test-LISAConfigurationTable", "test-bus"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "POWERTOOLS_SERVICE_NAME": "configuration",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "CONFIGURATION_TABLE": TABLE,
    "BUS_NAME": BUS,
}
SHAPE = ("AttributeDefinitions", "KeySchema", "BillingMode")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    home = ROOT / "functions/configuration/template.yaml"
    declared = resources(home, "AWS::DynamoDB::Table")["Table"]
    with mock_aws():
        dynamodb = client("dynamodb")
        dynamodb.create_table(TableName=TABLE, **{name: declared[name] for name in SHAPE})
        yield dynamodb
    settings.cache_clear()
