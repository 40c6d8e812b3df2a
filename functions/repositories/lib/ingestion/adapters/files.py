"""Objects in S3, read only as they were accepted."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from botocore.exceptions import ClientError

from documents.document import ObjectState
from documents.keys import Where
from ingestion.ports import ObjectChanged
from kernel.observability import client

USERNAME = "username"
# A HEAD has no body, so all that it says is a number.
_GONE = {"404", "NoSuchKey", "NotFound", "NoSuchBucket"}
_CHANGED = _GONE | {"412", "PreconditionFailed"}


class S3Files:
    """The `Files` port on any bucket that the function may read."""

    def __init__(self) -> None:
        self._s3 = client("s3")

    def look(self, where: Where) -> ObjectState | None:
        try:
            reply = self._s3.head_object(Bucket=where.bucket, Key=where.key)
        except ClientError as error:
            if _code(error) in _GONE:
                return None
            raise
        return ObjectState(
            etag=_etag(reply),
            size=reply["ContentLength"],
            version_id=reply.get("VersionId"),
            username=unquote(reply.get("Metadata", {}).get(USERNAME, "")) or None,
        )

    def read(self, where: Where, content: ObjectState) -> bytes:
        try:
            reply = self._s3.get_object(
                Bucket=where.bucket, Key=where.key, IfMatch=f'"{content.etag}"'
            )
        except ClientError as error:
            if _code(error) in _CHANGED:
                raise ObjectChanged(where.key) from None
            raise
        with reply["Body"] as body:
            read: bytes = body.read()
        return read

    def delete(self, where: Where) -> None:
        self._s3.delete_object(Bucket=where.bucket, Key=where.key)

    def under(self, bucket: str, prefix: str, after: str) -> Iterator[tuple[str, ObjectState]]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=bucket, Prefix=prefix, StartAfter=after
        )
        for page in pages:
            for one in page.get("Contents", ()):
                yield one["Key"], ObjectState(etag=_etag(one), size=one["Size"])


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


def _etag(reply: Any) -> str:
    return str(reply["ETag"]).strip('"')
