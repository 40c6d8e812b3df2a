"""Sends a file to S3: in parallel parts, each with its checksum, going on where it was interrupted.

Nothing is remembered on this disk: S3 tells which parts of an unfinished upload it has, with their
checksums, so that another machine can go on too.
"""

import base64
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, PartTypeDef

MEBIBYTE = 1024 * 1024
# Parts in memory at the same time: four of 16 MiB for files up to 160 GB.
_AT_ONCE = 4
_SMALLEST_PART = 16 * MEBIBYTE
_MOST_PARTS = 10_000

type Advance = Callable[[int], None]


@dataclass(frozen=True)
class Upload:
    """A file on its way: where from, where to, and the digest that is written beside it."""

    path: Path
    bucket: str
    key: str
    sha256: str

    @property
    def size(self) -> int:
        """In bytes."""
        return self.path.stat().st_size

    def part(self, number: int) -> bytes:
        """Read one part, counted from 1."""
        length = part_size(self.size)
        with self.path.open("rb") as file:
            file.seek((number - 1) * length)
            return file.read(length)


@dataclass(frozen=True)
class Part:
    """One part of this file, and the name that S3 gave it."""

    number: int
    size: int
    sha256: str
    md5: str
    etag: str

    @classmethod
    def of(cls, content: bytes, number: int, etag: str) -> "Part":
        """Describe a part by its content."""
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        return cls(number, len(content), checksum(content), md5, etag)

    def is_what(self, listed: "PartTypeDef") -> bool:
        """Whether S3 holds this part; by its MD5 where it was sent without a checksum."""
        # Beyond the file's end there is nothing, which an empty part would be.
        if not self.size or listed.get("Size") != self.size:
            return False
        if "ChecksumSHA256" in listed:
            return listed["ChecksumSHA256"] == self.sha256
        return listed.get("ETag", "").strip('"') == self.md5

    def reference(self) -> "CompletedPartTypeDef":
        """What the request says that makes parts one object."""
        return {"PartNumber": self.number, "ETag": self.etag, "ChecksumSHA256": self.sha256}


def part_size(size: int) -> int:
    """Choose whole MiB, so that the largest file fits into as many parts as S3 allows."""
    needed = -(-size // _MOST_PARTS)
    return max(_SMALLEST_PART, -(-needed // MEBIBYTE) * MEBIBYTE)


def send(s3: "S3Client", upload: Upload, advance: Advance) -> None:
    """Put the file; `advance` is told the bytes that S3 has, those of an earlier run at once."""
    if upload.size <= _SMALLEST_PART:
        content = upload.path.read_bytes()
        metadata = {"sha256": upload.sha256}
        s3.put_object(
            Bucket=upload.bucket,
            Key=upload.key,
            Body=content,
            Metadata=metadata,
            ChecksumAlgorithm="SHA256",
            ChecksumSHA256=checksum(content),
        )
        advance(len(content))
        return
    begun = _unfinished(s3, upload)
    if begun and _go_on(s3, upload, *begun, advance):
        return
    begun_now = s3.create_multipart_upload(
        Bucket=upload.bucket,
        Key=upload.key,
        Metadata={"sha256": upload.sha256},
        ChecksumAlgorithm="SHA256",
    )
    _send_parts(s3, upload, begun_now["UploadId"], {}, advance)


def checksum(content: bytes) -> str:
    """SHA-256 as S3 writes it."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def stored_digest(s3: "S3Client", bucket: str, key: str) -> tuple[int, str] | None:
    """The size of an object and the digest that was written beside it; None where there is none."""
    try:
        found = s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        return None
    return found["ContentLength"], found["Metadata"].get("sha256", "")


def _go_on(
    s3: "S3Client", upload: Upload, upload_id: str, there: dict[int, Part], advance: Advance
) -> bool:
    """Finish an earlier upload; whether the object is now what was to be sent."""
    try:
        _send_parts(s3, upload, upload_id, there, advance)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("NoSuchUpload", "InvalidPart"):
            raise
        return False
    # The earlier upload may have been of another file that begins in the same way.
    return stored_digest(s3, upload.bucket, upload.key) == (upload.size, upload.sha256)


def _unfinished(s3: "S3Client", upload: Upload) -> tuple[str, dict[int, Part]] | None:
    """The newest upload to this key, if all of its parts are parts of this file."""
    pages = s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=upload.bucket, Prefix=upload.key
    )
    begun = [one for page in pages for one in page.get("Uploads", []) if one["Key"] == upload.key]
    if not begun:
        return None
    newest = max(begun, key=lambda one: one["Initiated"])["UploadId"]
    listed = s3.get_paginator("list_parts").paginate(
        Bucket=upload.bucket, Key=upload.key, UploadId=newest
    )
    there: dict[int, Part] = {}
    for found in (part for page in listed for part in page.get("Parts", [])):
        part = Part.of(upload.part(found["PartNumber"]), found["PartNumber"], found["ETag"])
        if not part.is_what(found):
            return None
        there[part.number] = part
    return newest, there


def _send_parts(
    s3: "S3Client", upload: Upload, upload_id: str, there: dict[int, Part], advance: Advance
) -> None:
    count = -(-upload.size // part_size(upload.size))
    advance(sum(part.size for part in there.values()))
    done, stopped = dict(there), threading.Event()

    def send_one(number: int) -> None:
        if not stopped.is_set():
            done[number] = _send_part(s3, upload, upload_id, number)
            advance(done[number].size)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        missing = [number for number in range(1, count + 1) if number not in there]
        try:
            for sent in [pool.submit(send_one, number) for number in missing]:
                sent.result()
        finally:
            # After a failure or Ctrl-C, the parts that wait are not sent any more.
            stopped.set()
    s3.complete_multipart_upload(
        Bucket=upload.bucket,
        Key=upload.key,
        UploadId=upload_id,
        MultipartUpload={"Parts": [done[number].reference() for number in sorted(done)]},
    )


def _send_part(s3: "S3Client", upload: Upload, upload_id: str, number: int) -> Part:
    content = upload.part(number)
    answer = s3.upload_part(
        Bucket=upload.bucket,
        Key=upload.key,
        UploadId=upload_id,
        PartNumber=number,
        Body=content,
        ChecksumAlgorithm="SHA256",
        ChecksumSHA256=checksum(content),
    )
    return Part.of(content, number, answer["ETag"])
