"""AWS as the repositories service finds it: its table as it is deployed, its bucket, on moto."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from kernel.observability import client
from repositories.adapters.objects import S3Objects
from repositories.adapters.rows import DynamoRows
from repositories.wiring import use
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.postgres import database, postgres
from tests.support.repository_world import InMemoryStores, WordModels
from tests.support.sources import ROOT
from tests.support.templates import resources

__all__ = ["database", "postgres"]

SHAPE = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


@pytest.fixture
def aws(repositories_environment: None) -> Iterator[None]:
    storage = ROOT / "functions/repositories/storage.yaml"
    declared = resources(storage, "AWS::DynamoDB::Table")["Table"]
    with mock_aws():
        client("dynamodb").create_table(
            TableName=NAMES["REPOSITORY_TABLE"], **{name: declared[name] for name in SHAPE}
        )
        s3 = client("s3")
        region = {"LocationConstraint": NAMES["AWS_DEFAULT_REGION"]}
        s3.create_bucket(Bucket=NAMES["DOCUMENTS_BUCKET"], CreateBucketConfiguration=region)
        s3.put_bucket_versioning(
            Bucket=NAMES["DOCUMENTS_BUCKET"], VersioningConfiguration={"Status": "Enabled"}
        )
        yield


@pytest.fixture
def models() -> WordModels:
    """The models, in memory."""
    return WordModels()


@pytest.fixture
def stores(aws: None, models: WordModels) -> Iterator[InMemoryStores]:
    """The databases, in memory; the table and the bucket are moto's."""
    stores = InMemoryStores()
    rows = DynamoRows(NAMES["REPOSITORY_TABLE"])
    objects = S3Objects(NAMES["DOCUMENTS_BUCKET"])
    with use(stores=stores, models=models, rows=rows, objects=objects):
        yield stores
