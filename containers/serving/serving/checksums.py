"""What S3 and whoever staged a file know of its content, and whether the disk agrees.

S3's checksums (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html)
are of the whole object or, for some multipart uploads, of its parts' checksums: `<digest>-<parts>`.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from awscrt import checksums as crt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

BLOCK = 4 * 1024 * 1024
# Strongest first.
KEPT_BY_S3 = ("SHA256", "CRC64NVME", "CRC32C", "CRC32")
# Under a KMS key the ETag is not the content's MD5.
KEEPS_MD5 = (None, "AES256")


class Digest(Protocol):
    """What `hashlib` offers."""

    def update(self, block: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


class _Crc:
    def __init__(self, step: Callable[[bytes, int], int], width: int) -> None:
        self._step, self._width, self._value = step, width, 0

    def update(self, block: bytes, /) -> None:
        self._value = self._step(block, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(self._width, "big")


ALGORITHMS: Mapping[str, Callable[[], Digest]] = {
    "SHA256": hashlib.sha256,
    "CRC64NVME": lambda: _Crc(crt.crc64nvme, 8),
    "CRC32C": lambda: _Crc(crt.crc32c, 4),
    "CRC32": lambda: _Crc(zlib.crc32, 4),
    "MD5": lambda: hashlib.md5(usedforsecurity=False),
}


@dataclass(frozen=True)
class Checksum:
    """An expected digest: of the whole, or of the digests of parts of `part_size` bytes each."""

    algorithm: str
    expected: bytes
    part_size: int = 0

    def agrees_with(self, file: Path) -> bool:
        """Read the file and compare. Raises OSError."""
        return _digest(file, self.algorithm, self.part_size) == self.expected


def known(head: Mapping[str, Any], first_part_size: Callable[[], int]) -> Checksum | None:
    """The best checksum in an answer of HeadObject; None when only the size is known.

    `first_part_size` asks S3 how large the first part of a multipart upload was, in bytes.
    """
    for algorithm in KEPT_BY_S3:
        text, _, parts = head.get(f"Checksum{algorithm}", "").partition("-")
        # Of a multipart upload it is either kind: one that does not say which is of no use.
        if text and (parts or _is_whole(head)):
            found = _of(algorithm, base64.b64decode(text), parts, head, first_part_size)
            if found:
                return found
    if staged := _unhex(head.get("Metadata", {}).get("sha256", ""), 32):
        return Checksum("SHA256", staged)
    if head.get("ServerSideEncryption") in KEEPS_MD5:
        text, _, parts = head["ETag"].strip('"').partition("-")
        if md5 := _unhex(text, 16):
            return _of("MD5", md5, parts, head, first_part_size)
    return None


def _is_whole(head: Mapping[str, Any]) -> bool:
    return "-" not in head["ETag"] or head.get("ChecksumType") == "FULL_OBJECT"


def _of(
    algorithm: str,
    expected: bytes,
    parts: str,
    head: Mapping[str, Any],
    first_part_size: Callable[[], int],
) -> Checksum | None:
    if not parts:
        return Checksum(algorithm, expected)
    size = first_part_size()
    # Every tool uploads parts of one size. Were it otherwise, the count would hardly agree.
    if size > 0 and -(-head["ContentLength"] // size) == int(parts):
        return Checksum(algorithm, expected, size)
    return None


def _unhex(text: str, length: int) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        return b""
    return found if len(found) == length else b""


def _digest(file: Path, algorithm: str, part_size: int) -> bytes:
    of_parts = bytearray()
    with file.open("rb", buffering=0) as content:
        while True:
            part, length = _of_next(content.read, ALGORITHMS[algorithm](), part_size)
            if not part_size:
                return part
            if not length:
                break
            of_parts += part
    whole = ALGORITHMS[algorithm]()
    whole.update(bytes(of_parts))
    return whole.digest()


def _of_next(read: Callable[[int], bytes], digest: Digest, most: int) -> tuple[bytes, int]:
    """The digest of the next `most` bytes (0: of all) and how many there were."""
    length = 0
    while block := read(min(BLOCK, most - length) if most else BLOCK):
        digest.update(block)
        length += len(block)
        if length == most:
            break
    return digest.digest(), length
