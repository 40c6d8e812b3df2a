"""Bring a model's weights from S3 to the disk: in parallel, only what is new, never half a file."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from llamacpp.faults import (
    AccessDenied,
    DiskFull,
    ModelFileUnclear,
    StorageUnreachable,
    WeightsMissing,
)
from llamacpp.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FILES_AT_ONCE = 8
DENIED = {"AccessDenied", "403", "ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch"}
LATER_PART = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf$")


@dataclass(frozen=True)
class Weight:
    """One object below the model's prefix; `name` is its path relative to that prefix."""

    key: str
    name: str
    size: int
    etag: str

    @property
    def stamp(self) -> str:
        return f"{self.size} {self.etag}"


def fetch(s3: "S3Client", settings: Settings) -> Path:
    """Everything below the prefix, on disk; the answer is the file that llama.cpp shall open."""
    location = f"s3://{settings.bucket}/{settings.prefix}/"
    with readable_errors(location):
        weights = list(list_weights(s3, settings))
        model_file = choose_model_file(weights, settings.model_file, location)
        folder = settings.weights_dir
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        missing = [weight for weight in weights if not is_current(folder, weight)]
        check_space(folder, sum(weight.size for weight in missing))
        with ThreadPoolExecutor(FILES_AT_ONCE) as pool:
            for done in [pool.submit(download, s3, settings, weight) for weight in missing]:
                done.result()
    print(f"Fetched {len(missing)} of {len(weights)} files from {location}.", flush=True)
    return folder / model_file


def list_weights(s3: "S3Client", settings: Settings) -> Iterator[Weight]:
    prefix = f"{settings.prefix}/"
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=settings.bucket, Prefix=prefix)
    for page in pages:
        for item in page.get("Contents", []):
            name = item["Key"].removeprefix(prefix)
            if name and not name.endswith("/") and ".." not in name.split("/"):
                yield Weight(item["Key"], name, item["Size"], item["ETag"].strip('"'))


def choose_model_file(weights: list[Weight], wanted: str, location: str) -> str:
    """The only .gguf, the first part of a split one, or the one that MODEL_FILE names."""
    if not weights:
        raise WeightsMissing(
            f"There are no weights at {location}.",
            "Upload the model's GGUF file below exactly this prefix, then create the model again.",
        )
    found = [w.name for w in weights if w.name.endswith(".gguf") and not LATER_PART.search(w.name)]
    chosen = [name for name in found if wanted in ("", name)]
    if len(chosen) == 1:
        return chosen[0]
    if wanted:
        reason = f"MODEL_FILE names '{wanted}', but {location} holds no such GGUF file"
    elif found:
        reason = f"{location} holds {len(found)} GGUF files, and one model is served from one"
    else:
        reason = f"None of the {len(weights)} files at {location} is a GGUF file (*.gguf)"
    raise ModelFileUnclear(
        f"{reason}. GGUF files there: {', '.join(found) or 'none'}.",
        "Set MODEL_FILE in containerConfig.environment to one of them."
        if found
        else "Convert the model to GGUF and upload that, or choose another inference container.",
    )


def is_current(folder: Path, weight: Weight) -> bool:
    file, stamp = folder / weight.name, stamp_of(folder, weight)
    if not (file.exists() and stamp.exists()):
        return False
    return file.stat().st_size == weight.size and stamp.read_text() == weight.stamp


def stamp_of(folder: Path, weight: Weight) -> Path:
    file = folder / weight.name
    return file.with_name(f".{file.name}.fetched")


def check_space(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise DiskFull(
            f"The weights need {needed / 1e9:.1f} GB more, and the disk has {free / 1e9:.1f} GB.",
            "Give this model's instances a larger volume, or set WEIGHTS_DIR to a larger disk.",
        )


def download(s3: "S3Client", settings: Settings, weight: Weight) -> None:
    """Into a file of its own, renamed when complete: a reader sees the old file or the new one."""
    target = settings.weights_dir / weight.name
    stamp = stamp_of(settings.weights_dir, weight)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        s3.download_file(settings.bucket, weight.key, unfinished)
        stamp.unlink(missing_ok=True)
        Path(unfinished).replace(target)
        stamp.write_text(weight.stamp)
    finally:
        Path(unfinished).unlink(missing_ok=True)


@contextmanager
def readable_errors(location: str) -> Iterator[None]:
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


def _explained(error: ClientError, location: str) -> AccessDenied | StorageUnreachable:
    details: dict[str, Any] = dict(error.response.get("Error", {}))
    code = str(details.get("Code", "unknown"))
    if code in DENIED:
        return AccessDenied(
            f"S3 refused to let this task read {location} ({code}).",
            "Allow the task role s3:ListBucket on the bucket and s3:GetObject on its objects (and "
            "kms:Decrypt on the key, when the bucket has one of its own).",
        )
    if code == "NoSuchBucket":
        fix = "Set MODELS_BUCKET to the models bucket of this deployment."
    else:
        fix = "Nothing in the model is wrong: when S3 answers again, the next start will do."
    return StorageUnreachable(f"Reading {location} failed: {details.get('Message', code)}.", fix)
