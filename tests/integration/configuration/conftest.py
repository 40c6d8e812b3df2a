"""The table of versions on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest

from configuration.settings import settings
from tests.support.service_tables import set_environment, table_made

TABLE, BUS = "test-LISAConfigurationTable", "test-bus"
ENVIRONMENT = {"CONFIGURATION_TABLE": TABLE, "BUS_NAME": BUS}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    set_environment(monkeypatch, "configuration", ENVIRONMENT)
    settings.cache_clear()
    with table_made("configuration", TABLE) as dynamodb:
        yield dynamodb
    settings.cache_clear()
