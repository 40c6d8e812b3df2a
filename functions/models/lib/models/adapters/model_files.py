"""The files of one model in S3, listed and read by ranges for planning."""

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from checkpoint.ports import MAX_FILES, Cause, Unreadable
from kernel.observability import client

_DENIED = {"AccessDenied", "AccessDeniedException", "403", "InvalidAccessKeyId", "ExpiredToken"}
_MISSING = {"NoSuchBucket", "NoSuchKey", "404"}
# The range begins where the file ends.
_BEYOND = "InvalidRange"


class S3ModelFiles:
    """The `ModelFiles` port on one bucket.

    It needs s3:ListBucket on the bucket and s3:GetObject on its objects.
    """

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def list(self, prefix: str) -> dict[str, int]:
        start, found = f"{prefix}/", {}
        for page in self._pages(start):
            for item in page.get("Contents", []):
                name = item["Key"].removeprefix(start)
                if name and not name.endswith("/"):
                    found[name] = int(item["Size"])
            if len(found) > MAX_FILES:
                raise Unreadable("too many files", f"more than {MAX_FILES:,}")
        return found

    def read(self, prefix: str, name: str, start: int, length: int) -> bytes:
        if length <= 0:
            return b""
        try:
            reply = client("s3").get_object(
                Bucket=self.bucket,
                Key=f"{prefix}/{name}",
                Range=f"bytes={start}-{start + length - 1}",
            )
            # A store that knows no ranges sends the whole file: no more of it than was asked for.
            return bytes(reply["Body"].read(length))
        except ClientError as error:
            if error.response["Error"].get("Code") == _BEYOND:
                return b""
            raise _unreadable(error) from error
        except BotoCoreError as error:
            raise Unreadable("unreachable", type(error).__name__) from error

    def _pages(self, start: str) -> Any:
        pages = client("s3").get_paginator("list_objects_v2")
        try:
            yield from pages.paginate(Bucket=self.bucket, Prefix=start)
        except ClientError as error:
            raise _unreadable(error) from error
        except BotoCoreError as error:
            raise Unreadable("unreachable", type(error).__name__) from error


def _unreadable(error: ClientError) -> Unreadable:
    code = str(error.response["Error"].get("Code", ""))
    cause: Cause = "unreachable"
    if code in _DENIED:
        cause = "denied"
    elif code in _MISSING:
        cause = "missing"
    return Unreadable(cause, code)
