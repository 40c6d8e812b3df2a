"""Addresses of objects in S3 that were signed for one person and one purpose."""

from typing import Any
from urllib.parse import quote

import boto3
from botocore.config import Config

from documents.keys import Where
from ingestion.adapters.files import USERNAME
from ingestion.ports import MOST_BYTES, Form

UPLOAD_SECONDS = 3600
DOWNLOAD_SECONDS = 300


class S3Doors:
    """The `Doors` port. Nothing is asked of S3: signing is done here."""

    def __init__(self) -> None:
        # Version 4 names the region, without which newer regions refuse.
        create: Any = boto3.client
        self._s3 = create("s3", config=Config(signature_version="s3v4"))

    def upload(self, where: Where, username: str) -> Form:
        field = {f"x-amz-meta-{USERNAME}": quote(username)}
        form = self._s3.generate_presigned_post(
            Bucket=where.bucket,
            Key=where.key,
            Fields=dict(field),
            Conditions=[field, ["content-length-range", 1, MOST_BYTES]],
            ExpiresIn=UPLOAD_SECONDS,
        )
        return Form(form["url"], form["fields"], UPLOAD_SECONDS)

    def download(self, where: Where, name: str) -> str:
        # A file is kept, not shown: a page of somebody's must not run beside ours.
        as_file = f"attachment; filename*=UTF-8''{quote(name)}"
        address: str = self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": where.bucket,
                "Key": where.key,
                "ResponseContentDisposition": as_file,
                "ResponseContentType": "application/octet-stream",
            },
            ExpiresIn=DOWNLOAD_SECONDS,
        )
        return address
