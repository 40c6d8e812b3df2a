"""What is known of a file's content, and whether the disk agrees."""

import base64
import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from serving.checksums import ALGORITHMS, Checksum, known

CONTENT = b"123456789"
# The check values of these CRCs, as their catalogues print them for this very content.
CHECK_VALUES = {
    "CRC32": "cbf43926",
    "CRC32C": "e3069283",
    "CRC64NVME": "ae8b14860a799888",
}


def head(**fields: Any) -> dict[str, Any]:
    return {"ContentLength": len(CONTENT), "ETag": '"unknown"', "Metadata": {}} | fields


def no_parts() -> int:
    raise AssertionError("S3 was asked for a part of an object that has none")


def b64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize(("algorithm", "value"), CHECK_VALUES.items())
def test_a_crc_is_the_one_of_its_catalogue(algorithm: str, value: str) -> None:
    digest = ALGORITHMS[algorithm]()
    digest.update(CONTENT[:4])
    digest.update(CONTENT[4:])
    assert digest.digest().hex() == value


@pytest.mark.parametrize(
    "fields",
    [
        {"ChecksumSHA256": b64(hashlib.sha256(CONTENT).digest())},
        {"ChecksumCRC64NVME": b64(bytes.fromhex(CHECK_VALUES["CRC64NVME"]))},
        {"ChecksumCRC32C": b64(bytes.fromhex(CHECK_VALUES["CRC32C"]))},
        {"ChecksumCRC32": b64(bytes.fromhex(CHECK_VALUES["CRC32"]))},
        {"Metadata": {"sha256": hashlib.sha256(CONTENT).hexdigest()}},
        {"ETag": f'"{hashlib.md5(CONTENT).hexdigest()}"'},
        {"ETag": f'"{hashlib.md5(CONTENT).hexdigest()}"', "ServerSideEncryption": "AES256"},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_every_kind_notices_one_wrong_byte(file: Path, fields: dict[str, Any]) -> None:
    checksum = known(head(**fields), no_parts)
    assert checksum is not None
    assert checksum.agrees_with(file)
    file.write_bytes(b"123456780")
    assert not checksum.agrees_with(file)


def of_parts(digest: Callable[[bytes], bytes], size: int) -> bytes:
    cut = [CONTENT[start : start + size] for start in range(0, len(CONTENT), size)]
    return digest(b"".join(map(digest, cut)))


def crc32(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")


def md5(content: bytes) -> bytes:
    return hashlib.md5(content).digest()


@pytest.mark.parametrize(
    "fields",
    [
        {"ChecksumCRC32": f"{b64(of_parts(crc32, 4))}-3"},
        {"ETag": f'"{of_parts(md5, 4).hex()}-3"'},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_a_checksum_of_checksums_is_followed_part_by_part(
    file: Path, fields: dict[str, Any]
) -> None:
    checksum = known(head(**fields), lambda: 4)
    assert checksum is not None and checksum.part_size == 4
    assert checksum.agrees_with(file)
    file.write_bytes(b"123456780")
    assert not checksum.agrees_with(file)


def test_the_whole_of_a_multipart_upload_is_followed_when_s3_says_that_it_is() -> None:
    fields = head(ChecksumCRC32=b64(crc32(CONTENT)), ETag='"ab-2"', ServerSideEncryption="aws:kms")
    assert known(fields, no_parts) is None
    assert known(fields | {"ChecksumType": "FULL_OBJECT"}, no_parts) == Checksum(
        "CRC32", crc32(CONTENT)
    )


def test_parts_of_different_sizes_leave_it_to_the_next_best() -> None:
    staged = hashlib.sha256(CONTENT)
    fields = head(ChecksumCRC32="AAAAAA==-5", Metadata={"sha256": staged.hexdigest()})
    assert known(fields, lambda: 4) == Checksum("SHA256", staged.digest())


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Metadata": {"sha256": "not hexadecimal"}},
        {"Metadata": {"sha256": "abcd"}},
        {"ETag": '"9b2cf535f27731c974343645a3985328"', "ServerSideEncryption": "aws:kms"},
    ],
)
def test_what_is_no_checksum_is_not_taken_for_one(fields: dict[str, Any]) -> None:
    assert known(head(**fields), no_parts) is None
