"""Forms for uploads straight to S3: its POST policy holds whoever has one to what it says."""

from context.attachment import UploadForm
from kernel.observability import client


class S3Forms:
    """The `Forms` port on one bucket. A form is signed with this function's own rights."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._s3 = client("s3")

    def form(self, key: str, most_bytes: int, seconds: int) -> UploadForm:
        signed = self._s3.generate_presigned_post(
            Bucket=self._bucket,
            Key=key,
            Conditions=[["content-length-range", 1, most_bytes]],
            ExpiresIn=seconds,
        )
        return UploadForm(
            key=key,
            url=signed["url"],
            fields=signed["fields"],
            expires_in_seconds=seconds,
            most_bytes=most_bytes,
        )
