"""What steps leave for each other, in the bucket; its lifecycle forgets what nobody cleared."""

from itertools import batched

from botocore.exceptions import ClientError

from documents.document import Document
from documents.errors import DocumentSuperseded
from documents.keys import STAGING
from kernel.observability import client

# What one call of S3 removes.
_BATCH = 1000


class NotClearedError(Exception):
    """S3 kept some of what was to be removed; clearing again is safe."""


class S3Staging:
    """The `Staging` port, under a prefix for each generation of a document."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._s3 = client("s3")

    def put(self, document: Document, name: str, content: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=_key(document, name), Body=content)

    def get(self, document: Document, name: str) -> bytes:
        try:
            reply = self._s3.get_object(Bucket=self._bucket, Key=_key(document, name))
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise DocumentSuperseded("What was staged has been cleared away.") from None
            raise
        with reply["Body"] as body:
            read: bytes = body.read()
        return read

    def clear(self, document_id: str, generation: int) -> None:
        pages = self._s3.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=_prefix(document_id, generation)
        )
        keys = ({"Key": one["Key"]} for page in pages for one in page.get("Contents", ()))
        for batch in batched(keys, _BATCH):
            removal = {"Objects": list(batch), "Quiet": True}
            reply = self._s3.delete_objects(Bucket=self._bucket, Delete=removal)
            if reply.get("Errors"):
                raise NotClearedError(reply["Errors"][0]["Code"])


def _key(document: Document, name: str) -> str:
    return _prefix(document.document_id, document.generation) + name


def _prefix(document_id: str, generation: int) -> str:
    return f"{STAGING}{document_id}/{generation}/"
