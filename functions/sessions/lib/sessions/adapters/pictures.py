"""Pictures in a bucket: what no message names yet is marked, and the bucket forgets it."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# The bucket's rules know this mark.
UNSENT = "state=unsent"
_KEPT = {"TagSet": [{"Key": "state", "Value": "kept"}]}
SECONDS_TO_READ = 900
# What one call of S3 removes.
_BATCH = 1000
# A HEAD has no body, so all that it says is a number.
_GONE = {"404", "NoSuchKey", "NotFound"}


class S3Pictures:
    """The `Pictures` port on one bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        # Newer regions refuse whoever names none; and a browser must not be sent on to another
        # address than the one that was signed.
        how = Config(signature_version="s3v4", s3={"addressing_style": "virtual"}, read_timeout=20)
        self._s3: Any = boto3.client("s3", config=how)

    def put(self, key: str, content: bytes, media_type: str) -> None:
        self._s3.put_object(
            Bucket=self._bucket, Key=key, Body=content, ContentType=media_type, Tagging=UNSENT
        )

    def has(self, key: str) -> bool:
        try:
            self._s3.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if _code(error) in _GONE:
                return False
            raise
        return True

    def keep(self, key: str) -> None:
        try:
            self._s3.put_object_tagging(Bucket=self._bucket, Key=key, Tagging=_KEPT)
        except ClientError as error:
            # Its session was deleted meanwhile.
            if _code(error) not in _GONE:
                raise

    def address(self, key: str) -> str:
        where = {"Bucket": self._bucket, "Key": key}
        url: str = self._s3.generate_presigned_url(
            "get_object", Params=where, ExpiresIn=SECONDS_TO_READ
        )
        return url

    def remove(self, keys: Sequence[str]) -> None:
        for some in batched(keys, _BATCH):
            objects = {"Objects": [{"Key": key} for key in some], "Quiet": True}
            reply = self._s3.delete_objects(Bucket=self._bucket, Delete=objects)
            if left := reply.get("Errors"):
                raise RuntimeError(f"{len(left)} pictures were not removed: {left[0]['Code']}.")


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])
