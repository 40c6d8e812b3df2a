"""The models bucket, as far as staging needs it."""

from typing import TYPE_CHECKING

from staging.faults import StagingFailed
from staging.files import MOST_FILES
from staging.progress import Progress, human
from staging.upload import Upload, send, stored_digest

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_s3 import S3Client


class Shelf:
    """One model's place in the bucket: everything below its prefix, which is the model's name."""

    def __init__(self, s3: "S3Client", bucket: str, model: str) -> None:
        self._s3, self.bucket, self.model = s3, bucket, model

    @property
    def location(self) -> str:
        """Name the place for people."""
        return f"s3://{self.bucket}/{self.model}/"

    def holds(self, name: str, size: int, sha256: str) -> bool:
        """Whether the bucket has exactly this file."""
        return stored_digest(self._s3, self.bucket, self._key(name)) == (size, sha256)

    def put(self, path: "Path", name: str, sha256: str, progress: Progress) -> None:
        """Send a file, going on where an earlier run was interrupted."""
        upload = Upload(path, self.bucket, self._key(name), sha256)
        with progress.watch(f"Sending {name}", upload.size) as advance:
            send(self._s3, upload, advance)
        progress.say(f"Sent {name} ({human(upload.size)})")

    def sizes(self) -> dict[str, int]:
        """All files by name, with their bytes."""
        found: dict[str, int] = {}
        prefix = self._key("")
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=prefix
        )
        for page in pages:
            for item in page.get("Contents", []):
                if name := item["Key"].removeprefix(prefix):
                    found[name] = item["Size"]
            if len(found) > MOST_FILES:
                raise StagingFailed(
                    f"There are more than {MOST_FILES} files below {self.location}, which is no "
                    "one model.",
                    "Check the model's name: it is org/name, as the hub writes it.",
                )
        return found

    def read(self, name: str, begin: int, length: int) -> bytes:
        """Read some bytes of a file."""
        if not length:
            return b""
        answer = self._s3.get_object(
            Bucket=self.bucket, Key=self._key(name), Range=f"bytes={begin}-{begin + length - 1}"
        )
        return answer["Body"].read()

    def _key(self, name: str) -> str:
        return f"{self.model}/{name}"
