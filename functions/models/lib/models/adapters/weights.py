"""Weights in S3."""

from kernel.observability import client


class S3Weights:
    """The `Weights` port on one bucket."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket

    def exist(self, prefix: str) -> bool:
        reply = client("s3").list_objects_v2(Bucket=self.bucket, Prefix=f"{prefix}/", MaxKeys=1)
        return bool(reply.get("KeyCount"))
