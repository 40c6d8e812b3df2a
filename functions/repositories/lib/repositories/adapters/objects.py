"""Documents in S3."""

from itertools import batched

from kernel.observability import client

# What one call of S3 removes.
BATCH = 1000


class RemovalRefusedError(Exception):
    """S3 kept some of the objects that were to be removed; removing all again is safe."""


class S3Objects:
    """The `Objects` port on one bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._s3 = client("s3")

    def sweep(self, prefix: str) -> None:
        if not prefix.endswith("/"):
            raise ValueError("a prefix ends with a slash, so that it names no neighbour too")
        pages = self._s3.get_paginator("list_object_versions").paginate(
            Bucket=self._bucket, Prefix=prefix
        )
        versions = (
            {"Key": one["Key"], "VersionId": one["VersionId"]}
            for page in pages
            for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
        )
        for batch in batched(versions, BATCH):
            reply = self._s3.delete_objects(
                Bucket=self._bucket, Delete={"Objects": list(batch), "Quiet": True}
            )
            if reply.get("Errors"):
                raise RemovalRefusedError(reply["Errors"][0]["Code"])
