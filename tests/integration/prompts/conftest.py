"""The table of templates on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from kernel.observability import client
from prompts.settings import settings
from tests.support.sources import ROOT
from tests.support.templates import resources

TABLE = "test-LISAPromptTemplateTable"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "POWERTOOLS_SERVICE_NAME": "prompts",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "PROMPTS_TABLE": TABLE,
    "SWITCHES_TABLE": "test-LISAConfigurationTable",
}
SHAPE = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    home = ROOT / "functions/prompts/template.yaml"
    declared = resources(home, "AWS::DynamoDB::Table")["Table"]
    with mock_aws():
        dynamodb = client("dynamodb")
        dynamodb.create_table(TableName=TABLE, **{name: declared[name] for name in SHAPE})
        yield dynamodb
    settings.cache_clear()
