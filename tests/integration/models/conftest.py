"""AWS as the models service finds it: its tables, its buckets and its bus, on moto."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from kernel.observability import client
from tests.conftest import MODELS_ENVIRONMENT as NAMES

TABLES = {"MODELS_TABLE": "modelId", "REGISTRY_TABLE": "scope"}


@pytest.fixture
def aws(models_environment: None) -> Iterator[None]:
    with mock_aws():
        # The product's own clients: making one for each test takes longer than most tests.
        dynamodb, s3 = client("dynamodb"), client("s3")
        for variable, key in TABLES.items():
            dynamodb.create_table(
                TableName=NAMES[variable],
                AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"}],
                KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
                StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            )
        region = {"LocationConstraint": NAMES["AWS_DEFAULT_REGION"]}
        for bucket in ("MODELS_BUCKET", "TEMPLATES_BUCKET"):
            s3.create_bucket(Bucket=NAMES[bucket], CreateBucketConfiguration=region)
        yield
