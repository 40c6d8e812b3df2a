"""AWS as the models service finds it: its tables, its buckets and its bus, on moto."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.conftest import MODELS_ENVIRONMENT as NAMES

TABLES = {"MODELS_TABLE": "modelId", "REGISTRY_TABLE": "scope"}


@pytest.fixture
def aws(models_environment: None) -> Iterator[None]:
    with mock_aws():
        dynamodb: Any = boto3.client("dynamodb")
        for variable, key in TABLES.items():
            dynamodb.create_table(
                TableName=NAMES[variable],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
                KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
                StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            )
        region: Any = {"LocationConstraint": NAMES["AWS_DEFAULT_REGION"]}
        for bucket in ("MODELS_BUCKET", "TEMPLATES_BUCKET"):
            boto3.client("s3").create_bucket(
                Bucket=NAMES[bucket], CreateBucketConfiguration=region
            )
        yield
