"""The table of sessions on moto, as its template makes it, and the service's environment."""

from collections.abc import Iterator
from typing import Any

import pytest

from kernel.observability import client
from sessions.settings import settings
from tests.support.service_tables import set_environment, table_made

TABLE = "test-LISASessionsTable"
BUCKET = "test-pictures"
DAYS = 365
ENVIRONMENT = {
    "SESSIONS_TABLE": TABLE,
    "SESSION_DAYS": str(DAYS),
    "PICTURES_BUCKET": BUCKET,
    "BUS_NAME": "test-bus",
    "SWITCHES_TABLE": "test-LISAConfigurationTable",
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of moto's DynamoDB, with the table and the bucket made."""
    set_environment(monkeypatch, "sessions", ENVIRONMENT)
    settings.cache_clear()
    with table_made("sessions", TABLE) as dynamodb:
        place = {"LocationConstraint": "eu-west-1"}
        client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        yield dynamodb
    settings.cache_clear()
