"""Weights from S3 to this disk, with the task's own rights, once for each version of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3

from local.ecs_agent.control_plane import reaching

if TYPE_CHECKING:
    from pathlib import Path

    from local.ecs_agent.credentials import Credentials
    from local.ecs_agent.settings import Settings


def fetch(settings: Settings, bucket: str, prefix: str, credentials: Credentials | None) -> Path:
    """The folder that holds everything below the prefix."""
    s3 = _client(settings, credentials)
    folder = settings.weights / bucket / prefix
    with reaching(f"The weights s3://{bucket}/{prefix}"):
        for page in s3.get_paginator("list_objects_v2").paginate(
            Bucket=bucket, Prefix=prefix.rstrip("/") + "/"
        ):
            for found in page.get("Contents", []):
                name = found["Key"][len(prefix.rstrip("/")) + 1 :]
                if name and not name.endswith("/"):
                    _fetch_one(s3, bucket, found, folder / name)
    return folder


def _fetch_one(s3: Any, bucket: str, found: dict[str, Any], file: Path) -> None:
    version = file.with_name(file.name + ".etag")
    if file.exists() and version.exists() and version.read_text() == found["ETag"]:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    s3.download_file(bucket, found["Key"], str(part))
    part.replace(file)
    version.write_text(found["ETag"])


def _client(settings: Settings, credentials: Credentials | None) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=credentials.access_key if credentials else settings.access_key,
        aws_secret_access_key=credentials.secret_key if credentials else settings.secret_key,
        aws_session_token=credentials.token if credentials else None,
    )
