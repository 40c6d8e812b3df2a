"""From the bucket to the disk."""

from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config
from botocore.stub import Stubber

from llamacpp.faults import AccessDenied, DiskFull, StorageUnreachable, WeightsMissing
from llamacpp.settings import Settings
from llamacpp.weights import check_space, fetch

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def put(s3: "S3Client", key: str, body: bytes) -> None:
    s3.put_object(Bucket="models", Key=key, Body=body)


def test_everything_below_the_prefix_is_fetched(s3: "S3Client", settings: Settings) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, "team/m1/extra/notes.txt", b"notes")
    put(s3, "team/m10/other.gguf", b"not ours")
    model_file = fetch(s3, settings)
    assert model_file == settings.weights_dir / "m1.gguf"
    assert model_file.read_bytes() == b"GGUF1"
    assert (settings.weights_dir / "extra/notes.txt").read_bytes() == b"notes"
    assert not list(settings.weights_dir.rglob("other.gguf"))


def test_a_second_fetch_takes_only_what_changed(s3: "S3Client", settings: Settings) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, "team/m1/notes.txt", b"notes")
    before = fetch(s3, settings).stat()
    put(s3, "team/m1/notes.txt", b"NOTES")
    after = fetch(s3, settings).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (settings.weights_dir / "notes.txt").read_bytes() == b"NOTES"


def test_a_damaged_file_is_fetched_again(s3: "S3Client", settings: Settings) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    fetch(s3, settings).write_bytes(b"GG")
    assert fetch(s3, settings).read_bytes() == b"GGUF1"


def test_a_file_is_replaced_in_one_move(s3: "S3Client", settings: Settings) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    with fetch(s3, settings).open("rb") as reader:
        put(s3, "team/m1/m1.gguf", b"GGUF2, longer")
        assert fetch(s3, settings).read_bytes() == b"GGUF2, longer"
        assert reader.read() == b"GGUF1"
    assert not list(settings.weights_dir.rglob("*.part"))


def test_a_key_cannot_leave_the_folder(s3: "S3Client", settings: Settings) -> None:
    put(s3, "team/m1/m1.gguf", b"GGUF1")
    put(s3, "team/m1/../escaped.gguf", b"GGUF1")
    fetch(s3, settings)
    assert not list(settings.weights_dir.parent.rglob("escaped.gguf"))


def test_an_empty_prefix_is_reported_by_its_address(s3: "S3Client", settings: Settings) -> None:
    with pytest.raises(WeightsMissing, match="s3://models/team/m1/"):
        fetch(s3, settings)


def test_a_missing_bucket_is_reported(s3: "S3Client", settings: Settings) -> None:
    with pytest.raises(StorageUnreachable) as caught:
        fetch(s3, replace(settings, bucket="absent"))
    assert "MODELS_BUCKET" in caught.value.fix


def test_a_refusal_names_the_rights_that_are_missing(settings: Settings) -> None:
    s3 = boto3.client(
        "s3", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    with Stubber(s3) as storage:
        storage.add_client_error("list_objects_v2", "AccessDenied", http_status_code=403)
        with pytest.raises(AccessDenied, match="s3://models/team/m1/") as caught:
            fetch(s3, settings)
    assert "s3:GetObject" in caught.value.fix


def test_a_storage_that_does_not_answer_is_reported(settings: Settings) -> None:
    s3 = boto3.client(
        "s3",
        endpoint_url="http://127.0.0.1:9",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}),
    )
    with pytest.raises(StorageUnreachable, match="could not be asked"):
        fetch(s3, settings)


def test_weights_larger_than_the_disk_are_not_begun(settings: Settings) -> None:
    with pytest.raises(DiskFull, match="1000000000.0 GB more"):
        check_space(settings.weights_dir.parent, 10**18)
