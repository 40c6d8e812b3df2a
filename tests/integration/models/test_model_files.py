"""One suite for the files of a model, in S3 and in memory."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from checkpoint.ports import MAX_FILES, ModelFiles, Unreadable
from kernel.observability import client
from models.adapters.model_files import S3ModelFiles
from tests.conftest import MODELS_ENVIRONMENT as NAMES
from tests.support.planning_fakes import InMemoryModelFiles

BUCKET = NAMES["MODELS_BUCKET"]


@pytest.fixture(params=["in memory", "S3"])
def files(request: pytest.FixtureRequest) -> ModelFiles:
    if request.param == "in memory":
        return InMemoryModelFiles(bucket=BUCKET)
    request.getfixturevalue("aws")
    return S3ModelFiles(BUCKET)


def put(files: ModelFiles, key: str, content: bytes = b"0123456789") -> None:
    if isinstance(files, InMemoryModelFiles):
        files.put(key, content)
    else:
        boto3.client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)


def test_a_folder_is_listed_by_names_and_sizes(files: ModelFiles) -> None:
    put(files, "org/model/config.json")
    put(files, "org/model/original/a.pth", b"123")
    assert files.bucket == BUCKET
    assert files.list("org/model") == {"config.json": 10, "original/a.pth": 3}


@pytest.mark.parametrize("key", ["org/model-2/a", "org/model", "org/model/", "org/model/sub/"])
def test_neighbours_and_folders_are_not_listed(files: ModelFiles, key: str) -> None:
    put(files, key)
    assert files.list("org/model") == {}


@pytest.mark.parametrize(
    ("start", "length", "piece"),
    [(0, 4, b"0123"), (8, 8, b"89"), (10, 1, b""), (99, 1, b""), (3, 0, b"")],
)
def test_a_piece_ends_where_the_file_does(
    files: ModelFiles, start: int, length: int, piece: bytes
) -> None:
    put(files, "org/model/a")
    assert files.read("org/model", "a", start, length) == piece


def test_a_file_that_is_gone_is_missing(files: ModelFiles) -> None:
    with pytest.raises(Unreadable) as refusal:
        files.read("org/model", "gone", 0, 1)
    assert refusal.value.cause == "missing"


def page(first: int) -> Any:
    """What S3 answers to the first of many requests for a listing, or to a later one."""
    names = [f"org/model/{number:06}" for number in range(first, first + 1_000)]
    contents = [{"Key": name, "Size": 1} for name in names]
    return {"IsTruncated": True, "NextContinuationToken": f"from-{first}", "Contents": contents}


def test_more_files_than_a_model_has_are_refused_before_the_end(aws: None) -> None:
    with Stubber(client("s3")) as s3, pytest.raises(Unreadable) as refusal:
        for number in range(0, MAX_FILES + 1, 1_000):
            s3.add_response("list_objects_v2", page(number))
        S3ModelFiles(BUCKET).list("org/model")
    assert refusal.value.cause == "too many files"


def test_the_bucket_in_memory_refuses_as_many() -> None:
    files = InMemoryModelFiles()
    for number in range(MAX_FILES + 1):
        files.put(f"org/model/{number}", b"")
    with pytest.raises(Unreadable) as refusal:
        files.list("org/model")
    assert refusal.value.cause == "too many files"


@pytest.mark.parametrize(
    ("code", "cause"),
    [("AccessDenied", "denied"), ("NoSuchKey", "missing"), ("SlowDown", "unreachable")],
)
def test_a_refusal_of_s3_has_a_cause(aws: None, code: str, cause: str) -> None:
    with Stubber(client("s3")) as s3, pytest.raises(Unreadable) as refusal:
        s3.add_client_error("get_object", code)
        S3ModelFiles(BUCKET).read("org/model", "a", 0, 1)
    assert refusal.value.cause == cause


def test_a_bucket_that_is_not_there_is_missing(aws: None) -> None:
    with pytest.raises(Unreadable) as refusal:
        S3ModelFiles("no-such-bucket-anywhere").list("org/model")
    assert (refusal.value.cause, refusal.value.words) == ("missing", "NoSuchBucket")
