"""The table of templates on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest

from prompts.settings import settings
from tests.support.service_tables import set_environment, table_made

TABLE = "test-LISAPromptTemplateTable"
ENVIRONMENT = {"PROMPTS_TABLE": TABLE, "SWITCHES_TABLE": "test-LISAConfigurationTable"}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table made."""
    set_environment(monkeypatch, "prompts", ENVIRONMENT)
    settings.cache_clear()
    with table_made("prompts", TABLE) as dynamodb:
        yield dynamodb
    settings.cache_clear()
