"""The environment of the repositories service, for the tests that run its functions."""

from collections.abc import Iterator

import pytest

from repositories.settings import settings, workflow_settings

REPOSITORIES_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "POWERTOOLS_SERVICE_NAME": "repositories",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "DEPLOYMENT_NAME": "lisa-test",
    "BUS_NAME": "lisa-test-bus",
    "REPOSITORY_TABLE": "lisa-test-LISARepositoryTable",
    "DOCUMENTS_BUCKET": "lisa-test-documents",
    "SERVE_URL": "http://gateway.test",
    "SERVICE_TOKEN": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:lisa-test/token",
    "NOTICES_QUEUE": "https://sqs.eu-west-1.amazonaws.com/123456789012/lisa-test-notices",
}


def repositories_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every variable of the repositories service, for as long as the iterator lives."""
    for name, value in REPOSITORIES_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    workflow_settings.cache_clear()
    yield
    settings.cache_clear()
    workflow_settings.cache_clear()
