"""The table of sessions on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest

from sessions.settings import settings
from tests.support.service_tables import set_environment, table_made

TABLE = "test-LISASessionsTable"
DAYS = 365
ENVIRONMENT = {
    "SESSIONS_TABLE": TABLE,
    "SESSION_DAYS": str(DAYS),
    "BUS_NAME": "test-bus",
    "SWITCHES_TABLE": "test-LISAConfigurationTable",
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    set_environment(monkeypatch, "sessions", ENVIRONMENT)
    settings.cache_clear()
    with table_made("sessions", TABLE) as dynamodb:
        yield dynamodb
    settings.cache_clear()
