"""The files of one model in S3, listed and read by ranges for planning."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from checkpoint.ports import MAX_FILES, Cause, Unreadable
from kernel.observability import client

_CAUSES: dict[str, Cause] = {
    **dict.fromkeys(("AccessDenied", "403", "InvalidAccessKeyId", "ExpiredToken"), "denied"),
    **dict.fromkeys(("NoSuchBucket", "NoSuchKey", "404"), "missing"),
}


class S3ModelFiles:
    """The `ModelFiles` port; it needs s3:ListBucket on the bucket, s3:GetObject on its objects."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def list(self, prefix: str) -> dict[str, int]:
        start, found = f"{prefix}/", {}
        pages = client("s3").get_paginator("list_objects_v2")
        with _told():
            for page in pages.paginate(Bucket=self.bucket, Prefix=start):
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
        key, span = f"{prefix}/{name}", f"bytes={start}-{start + length - 1}"
        try:
            with _told():
                reply = client("s3").get_object(Bucket=self.bucket, Key=key, Range=span)
                # A store that knows no ranges sends all: no more of it than was asked for.
                return bytes(reply["Body"].read(length))
        except Unreadable as error:
            if error.words == "InvalidRange":  # it begins where the file ends
                return b""
            raise


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response["Error"].get("Code", ""))
        raise Unreadable(_CAUSES.get(code, "unreachable"), code) from error
    except BotoCoreError as error:
        raise Unreadable("unreachable", type(error).__name__) from error
