"""The models bucket: what lies below a model's prefix, and S3's refusals as sentences."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from serving.faults import AccessDenied, StorageUnreachable, WeightsUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_s3 import S3Client

    from serving.faults import CannotStart
    from serving.task import Task

# One connection to S3 brings some 50 to 90 MB/s: these fill the network of a large instance.
CONNECTIONS = 16
# The largest published checkpoints have a few hundred files; a prefix with more is no model.
MOST_FILES = 10_000
DENIED = {"AccessDenied", "403", "ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch"}
CHANGED = {"PreconditionFailed", "412", "NoSuchKey", "404"}


@dataclass(frozen=True)
class Weight:
    """One object below the model's prefix; `name` is its path relative to that prefix."""

    key: str
    name: str
    size: int
    etag: str

    @property
    def stamp(self) -> str:
        """Differs whenever the content does."""
        return f"{self.size} {self.etag}"

    @property
    def folder(self) -> str:
        """The part of the name before the last slash."""
        return self.name.rpartition("/")[0]


def client(task: Task) -> S3Client:
    """An S3 client that is patient: a start of half an hour shall not end at one bad minute."""
    retries: Any = {"mode": "standard", "total_max_attempts": 8}
    config = Config(
        retries=retries, max_pool_connections=CONNECTIONS, connect_timeout=10, read_timeout=30
    )
    return boto3.client("s3", region_name=task.region, config=config)


def list_weights(s3: S3Client, task: Task) -> list[Weight]:
    """Everything below the prefix whose name can be a file's. Raises WeightsUnreadable."""
    found: list[Weight] = []
    prefix = f"{task.prefix}/"
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=task.bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            name = item["Key"].removeprefix(prefix)
            if is_a_file_name(name):
                found.append(Weight(item["Key"], name, item["Size"], item["ETag"].strip('"')))
        if len(found) > MOST_FILES:
            raise WeightsUnreadable(
                f"{task.location} holds more than {MOST_FILES} files, which no model has.",
                "Set modelName to the folder of one model's weights.",
            )
    return found


def is_a_file_name(name: str) -> bool:
    """Whether a key's end stays below the folder that it is joined to, and names a file."""
    return "\0" not in name and not {"", ".", ".."} & set(name.split("/"))


@contextmanager
def readable_errors(location: str) -> Iterator[None]:
    """Whatever S3 says becomes a fault with the place and the remedy."""
    try:
        yield
    except ClientError as error:
        raise _explained(error, location) from error
    except BotoCoreError as error:
        raise StorageUnreachable(
            f"S3 could not be asked for {location}: {error}.",
            "Check that the subnets of this model reach S3 (a gateway endpoint is enough) and that "
            "the task has a role.",
        ) from error


def _explained(error: ClientError, location: str) -> CannotStart:
    details: dict[str, Any] = dict(error.response.get("Error", {}))
    code = str(details.get("Code", "unknown"))
    if code in DENIED:
        return AccessDenied(
            f"S3 refused to let this task read {location} ({code}).",
            "Allow the task role s3:ListBucket on the bucket and s3:GetObject on its objects (and "
            "kms:Decrypt on the key, when the bucket has one of its own).",
        )
    if code in CHANGED:
        return WeightsUnreadable(
            f"A file at {location} was replaced or removed while it was being fetched.",
            "Wait until the upload has ended: the next start takes the new file.",
        )
    if code == "NoSuchBucket":
        fix = "Set MODELS_BUCKET to the models bucket of this deployment."
    else:
        fix = "Nothing in the model is wrong: when S3 answers again, the next start will do."
    return StorageUnreachable(f"Reading {location} failed: {details.get('Message', code)}.", fix)
