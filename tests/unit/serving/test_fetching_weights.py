"""From the bucket to the disk."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from serving import fetch as fetching
from serving.bucket import Weight
from serving.disk import check_space
from serving.faults import (
    AccessDenied,
    CannotStart,
    DiskFull,
    DiskUnusable,
    StorageUnreachable,
    WeightsMissing,
    WeightsUnreadable,
)
from serving.selection import checkpoint
from serving.task import Task

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def everything(weights: list[Weight], location: str) -> list[Weight]:
    return weights


def fetch(s3: "S3Client", task: Task) -> Path:
    return fetching.fetch(s3, task, everything)


def put(s3: "S3Client", key: str, body: bytes) -> None:
    s3.put_object(Bucket="models", Key=key, Body=body)


@pytest.mark.promise("models.weights-by-name")
def test_everything_below_the_prefix_is_fetched(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, "team/m1/extra/notes.txt", b"notes")
    put(s3, "team/m1/empty.txt", b"")
    put(s3, "team/m10/other.gguf", b"not ours")
    folder = fetch(s3, task)
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in files(folder)} == {
        "m1.gguf": b"GGUF1",
        "extra/notes.txt": b"notes",
        "empty.txt": b"",
    }


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_second_fetch_takes_only_what_changed(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, "team/m1/notes.txt", b"notes")
    before = (fetch(s3, task) / "m1.gguf").stat()
    put(s3, "team/m1/notes.txt", b"NOTES")
    after = (fetch(s3, task) / "m1.gguf").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (task.folder / "notes.txt").read_bytes() == b"NOTES"


def test_a_damaged_file_is_fetched_again(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    (fetch(s3, task) / "m1.gguf").write_bytes(b"GG")
    assert (fetch(s3, task) / "m1.gguf").read_bytes() == b"GGUF1"


def test_a_file_is_replaced_in_one_move(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    with (fetch(s3, task) / "m1.gguf").open("rb") as reader:
        put(s3, "team/m1/m1.gguf", b"GGUF2, longer")
        assert (fetch(s3, task) / "m1.gguf").read_bytes() == b"GGUF2, longer"
        assert reader.read() == b"GGUF1"


def test_what_left_the_bucket_leaves_the_disk(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/a.gguf", b"GGUF1")
    put(s3, "team/m1/old/b.gguf", b"GGUF2")
    fetch(s3, task)
    s3.delete_object(Bucket="models", Key="team/m1/old/b.gguf")
    assert [path.name for path in fetch(s3, task).rglob("*")] == ["a.gguf"]
    assert len(list(task.folder.with_name(".team%2Fm1.fetch").iterdir())) == 2  # lock and stamp


def test_what_another_model_chose_from_the_same_prefix_stays(s3: "S3Client", task: Task) -> None:
    for name in ("q4.gguf", "q8.gguf"):
        put(s3, f"team/m1/{name}", name.encode())
        fetching.fetch(s3, task, lambda weights, location: weights[-1:])
    assert sorted(path.name for path in task.folder.iterdir()) == ["q4.gguf", "q8.gguf"]


@pytest.mark.parametrize("key", ["../escaped", "a/../../escaped", "/escaped", "./escaped", "a//b"])
def test_a_key_cannot_leave_the_folder(s3: "S3Client", task: Task, key: str) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, f"team/m1/{key}", b"GGUF1")
    assert [path.name for path in files(fetch(s3, task))] == ["m1.gguf"]
    assert not list(task.cache.parent.rglob("escaped"))


def test_an_empty_prefix_is_reported_by_its_address(s3: "S3Client", task: Task) -> None:
    with pytest.raises(WeightsMissing, match="s3://models/team/m1/"):
        fetching.fetch(s3, task, checkpoint)


def test_a_missing_bucket_is_reported(s3: "S3Client", task: Task) -> None:
    with pytest.raises(StorageUnreachable) as caught:
        fetch(s3, replace(task, bucket="absent"))
    assert "MODELS_BUCKET" in caught.value.fix


@pytest.mark.parametrize(
    ("code", "fault", "fix"),
    [
        ("AccessDenied", AccessDenied, "s3:GetObject"),
        ("PreconditionFailed", WeightsUnreadable, "next start"),
        ("InternalError", StorageUnreachable, "next start"),
    ],
)
def test_a_refusal_says_what_to_do(
    task: Task, code: str, fault: type[CannotStart], fix: str
) -> None:
    s3 = boto3.client(
        "s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    with Stubber(s3) as storage:
        storage.add_client_error("list_objects_v2", code, http_status_code=403)
        with pytest.raises(fault, match="s3://models/team/m1/") as caught:
            fetch(s3, task)
    assert fix in caught.value.fix


def test_a_storage_that_does_not_answer_is_reported(task: Task) -> None:
    s3 = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}),
    )
    with pytest.raises(StorageUnreachable, match="could not be asked"):
        fetch(s3, task)


def test_weights_larger_than_the_disk_are_not_begun() -> None:
    with pytest.raises(DiskFull, match=r"need 1000000000\.0 GB more, and the disk has 0\.1 GB"):
        check_space(free=10**8, needed=10**18)


def test_a_folder_that_cannot_be_made_is_named(s3: "S3Client", task: Task) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    task.cache.write_text("a file is in the way")
    with pytest.raises(DiskUnusable, match="Not a directory") as caught:
        fetch(s3, task)
    assert str(task.cache) in str(caught.value)
