"""One suite for the bucket of weights, in S3 and in memory."""

import boto3
import pytest

from models.adapters.weights import S3Weights
from models.ports import Weights
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.in_memory import InMemoryWeights

BUCKET = NAMES["MODELS_BUCKET"]


@pytest.fixture(params=["in memory", "S3"])
def weights(request: pytest.FixtureRequest) -> Weights:
    if request.param == "in memory":
        return InMemoryWeights(bucket=BUCKET)
    request.getfixturevalue("aws")
    return S3Weights(BUCKET)


def put(weights: Weights, key: str) -> None:
    if isinstance(weights, InMemoryWeights):
        weights.keys.add(key)
    else:
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=b"x")


def test_an_empty_bucket_has_no_weights(weights: Weights) -> None:
    assert not weights.exist("org/model")
    assert weights.bucket == BUCKET


@pytest.mark.parametrize("key", ["org/model/config.json", "org/model/a/b.safetensors"])
def test_a_file_below_the_prefix_will_do(weights: Weights, key: str) -> None:
    put(weights, key)
    assert weights.exist("org/model")


@pytest.mark.parametrize("key", ["org/model-2/config.json", "org/model", "org/config.json"])
def test_a_neighbour_will_not_do(weights: Weights, key: str) -> None:
    put(weights, key)
    assert not weights.exist("org/model")
