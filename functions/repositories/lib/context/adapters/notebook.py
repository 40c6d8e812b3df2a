"""What steps of a summary leave for each other, in the bucket, below a prefix of its own."""

from botocore.exceptions import ClientError

from context.ports import NothingKept
from documents.keys import STAGING
from kernel.observability import client
from repositories.ports import Objects


class S3Notebook:
    """The `Notebook` port. `objects` removes what was kept, in all its versions."""

    def __init__(self, bucket: str, objects: Objects) -> None:
        self._bucket, self._objects = bucket, objects
        self._s3 = client("s3")

    def put(self, summary_id: str, name: str, content: bytes) -> None:
        self._s3.put_object(Bucket=self._bucket, Key=_prefix(summary_id) + name, Body=content)

    def get(self, summary_id: str, name: str) -> bytes:
        try:
            reply = self._s3.get_object(Bucket=self._bucket, Key=_prefix(summary_id) + name)
        except ClientError as error:
            if error.response["Error"]["Code"] == "NoSuchKey":
                raise NothingKept(name) from None
            raise
        with reply["Body"] as body:
            read: bytes = body.read()
        return read

    def clear(self, summary_id: str) -> None:
        self._objects.sweep(_prefix(summary_id))


def _prefix(summary_id: str) -> str:
    return f"{STAGING}summaries/{summary_id}/"
