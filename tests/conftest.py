"""The environments of the services of models and repositories, for tests that run functions."""

from collections.abc import Iterator

import pytest

from health.settings import Settings as HealthSettings
from health.settings import settings as health_settings
from models.settings import settings, workflow_settings
from repositories.settings import context_settings, scan_settings, stack_settings
from repositories.settings import settings as repositories_settings

REPOSITORIES_SETTINGS = (
    repositories_settings,
    scan_settings,
    context_settings,
    stack_settings,
)
MODELS_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "POWERTOOLS_SERVICE_NAME": "models",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "DEPLOYMENT_NAME": "lisa-test",
    "BUS_NAME": "lisa-test-bus",
    "MODELS_TABLE": "lisa-test-LISAModelTable",
    "REGISTRY_TABLE": "lisa-test-LISARegistryTable",
    "MODELS_BUCKET": "lisa-test-models",
    "TEMPLATES_BUCKET": "lisa-test-templates",
    "TEMPLATES_URL": "https://lisa-test-templates.s3.eu-west-1.amazonaws.com",
    "STACK_ROLE_ARN": "arn:aws:iam::123456789012:role/lisa-test-model-stack",
    "INSTALLATION_STACK": "lisa-test-models",
    "VPC_ID": "vpc-0123456789abcdef0",
    "TASK_SUBNETS": "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
    "PUBLIC_ADDRESSES": "false",
    "MODEL_BALANCER_SECURITY_GROUP": "sg-0123456789abcdef0",
    "MODEL_INSTANCE_SECURITY_GROUP": "sg-0123456789abcdef1",
    "ALARM_TOPIC_ARN": "arn:aws:sns:eu-west-1:123456789012:alarms",
}

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
    "MODELS_TABLE": "lisa-test-LISAModelTable",
    "SERVE_URL": "http://127.0.0.1:9",
    "SERVICE_TOKEN": "lisa-test/service-tokens/repositories",
    "NOTICES_QUEUE": "https://sqs.eu-west-1.amazonaws.com/123456789012/lisa-test-notices",
    "SCANS_QUEUE": "https://sqs.eu-west-1.amazonaws.com/123456789012/lisa-test-scans",
    "TEMPLATES_BUCKET": "lisa-test-repository-templates",
    "TEMPLATES_URL": "https://lisa-test-repository-templates.s3.eu-west-1.amazonaws.com",
    "STACK_ROLE_ARN": "arn:aws:iam::123456789012:role/lisa-test-repository-stacks",
    "INSTALLATION_STACK": "lisa-test-repositories",
    "VPC_ID": "vpc-0123456789abcdef0",
    "DATABASE_SUBNETS": "subnet-0123456789abcdef0,subnet-0123456789abcdef1",
    "CLIENT_SECURITY_GROUP": "sg-0123456789abcdef2",
    "SWITCHES_TABLE": "lisa-test-LISAConfigurationTable",
}


@pytest.fixture
def models_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every variable of the models service."""
    for name, value in MODELS_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    workflow_settings.cache_clear()
    yield
    settings.cache_clear()
    workflow_settings.cache_clear()


@pytest.fixture
def health_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every variable of the health service."""
    for name in HealthSettings.model_fields:
        monkeypatch.setenv(name.upper(), "lisa-test")
    health_settings.cache_clear()
    yield
    health_settings.cache_clear()


@pytest.fixture
def repositories_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every variable of the repositories service."""
    for name, value in REPOSITORIES_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for read in REPOSITORIES_SETTINGS:
        read.cache_clear()
    yield
    for read in REPOSITORIES_SETTINGS:
        read.cache_clear()
