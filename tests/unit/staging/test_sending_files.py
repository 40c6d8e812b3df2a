"""A file on its way to S3: in parts, with checksums, going on where it was interrupted."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from staging.upload import MEBIBYTE, Upload, part_size, send, stored_digest

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PART = 16 * MEBIBYTE
PLACE: dict[str, Any] = {"Bucket": "models", "Key": "org/name/model.safetensors"}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator["S3Client"]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="models")
        yield client


@pytest.fixture
def upload(tmp_path: Path) -> Upload:
    content = b"".join(bytes([number]) * PART for number in range(3)) + b"the end"
    (tmp_path / "file").write_bytes(content)
    return Upload(
        tmp_path / "file", PLACE["Bucket"], PLACE["Key"], hashlib.sha256(content).hexdigest()
    )


def begun(s3: "S3Client", sha256: str, parts: dict[int, bytes]) -> str:
    """An upload that was interrupted after these parts."""
    upload = s3.create_multipart_upload(
        **PLACE, Metadata={"sha256": sha256}, ChecksumAlgorithm="SHA256"
    )["UploadId"]
    for number, content in parts.items():
        s3.upload_part(**PLACE, UploadId=upload, PartNumber=number, Body=content)
    return upload


def requests(s3: "S3Client") -> list[int]:
    """The numbers of the parts that are sent from now on."""
    sent: list[int] = []

    def note(params: dict[str, Any], **_: object) -> None:
        sent.append(params["PartNumber"])

    s3.meta.events.register("provide-client-params.s3.UploadPart", note)
    return sent


def test_a_large_file_arrives_whole_with_its_digest(s3: "S3Client", upload: Upload) -> None:
    told: list[int] = []
    send(s3, upload, told.append)
    assert s3.get_object(**PLACE)["Body"].read() == upload.path.read_bytes()
    assert stored_digest(s3, *PLACE.values()) == (upload.size, upload.sha256)
    assert sum(told) == upload.size


def test_an_interrupted_upload_goes_on(s3: "S3Client", upload: Upload) -> None:
    begun(s3, upload.sha256, {1: upload.part(1), 3: upload.part(3)})
    sent, told = requests(s3), list[int]()
    send(s3, upload, told.append)
    assert sorted(sent) == [2, 4]
    assert sum(told) == upload.size
    assert stored_digest(s3, *PLACE.values()) == (upload.size, upload.sha256)


def test_parts_of_another_file_are_not_used(s3: "S3Client", upload: Upload) -> None:
    begun(s3, "another", {1: b"x" * PART})
    sent = requests(s3)
    send(s3, upload, lambda _: None)
    assert sorted(sent) == [1, 2, 3, 4]
    assert stored_digest(s3, *PLACE.values()) == (upload.size, upload.sha256)


def test_an_upload_of_another_file_that_begins_the_same_way_is_replaced(
    s3: "S3Client", upload: Upload
) -> None:
    begun(s3, "another", {1: upload.part(1)})
    send(s3, upload, lambda _: None)
    assert s3.get_object(**PLACE)["Body"].read() == upload.path.read_bytes()
    assert stored_digest(s3, *PLACE.values()) == (upload.size, upload.sha256)


def test_a_part_beyond_the_file_is_not_used(s3: "S3Client", upload: Upload) -> None:
    begun(s3, upload.sha256, {9: b""})
    send(s3, upload, lambda _: None)
    assert stored_digest(s3, *PLACE.values()) == (upload.size, upload.sha256)


@pytest.mark.parametrize("content", [b"", b"small"])
def test_a_small_file_is_sent_at_once(s3: "S3Client", tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    sent = requests(s3)
    send(s3, Upload(tmp_path / "file", "models", PLACE["Key"], "digest"), lambda _: None)
    assert sent == []
    assert stored_digest(s3, *PLACE.values()) == (len(content), "digest")


def test_what_is_not_there_has_no_digest(s3: "S3Client") -> None:
    assert stored_digest(s3, *PLACE.values()) is None


@given(st.integers(1, 5 * 10**12))
def test_no_file_has_more_parts_than_s3_allows(size: int) -> None:
    assert -(-size // part_size(size)) <= 10_000
    assert part_size(size) % MEBIBYTE == 0
    assert PART <= part_size(size) <= 5 * 1024 * MEBIBYTE


def test_only_one_part_of_a_file_is_read_at_a_time(upload: Upload) -> None:
    tracemalloc.start()
    assert len(upload.part(2)) == PART
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * PART
