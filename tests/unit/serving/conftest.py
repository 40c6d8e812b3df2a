"""A models bucket in memory, and a task whose weights are in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from serving.task import Task

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@pytest.fixture
def task(tmp_path: Path) -> Task:
    return Task("m1", bucket="models", prefix="team/m1", cache=tmp_path / "weights")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="models")
        yield client
