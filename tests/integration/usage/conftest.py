"""The table of usage on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.service_tables import set_environment, table_made

TABLE = "test-LISAUsageTable"
ENVIRONMENT = {"USAGE_TABLE": TABLE, "RETENTION_DAYS": "400"}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    set_environment(monkeypatch, "usage", ENVIRONMENT)
    with table_made("usage", TABLE) as dynamodb:
        yield dynamodb
