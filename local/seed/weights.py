"""The demo models' weights, built from what the repository holds and put into the bucket."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from local.supervisor.fingerprint import fingerprint
from local.supervisor.progress import StepFailed, last_lines
from local.supervisor.state import REPOSITORY, State

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHECKPOINT_KEY = "demo/tiny-chat-hf"
_CHECKPOINT = REPOSITORY / "local" / "demo" / "weights" / "tiny-chat"


def build_weights(state: State, python: Path) -> Path:
    """The folder with the GGUF files; built again only when the demo's sources change."""
    folder, made_from = state.folder / "weights", state.folder / "weights" / "made-from"
    current = fingerprint(REPOSITORY, sources=["local/demo"])
    if made_from.exists() and made_from.read_text() == current:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    log = state.log("weights")
    with log.open("wb") as output:
        code = subprocess.run(
            [str(python), "-m", "local.demo.build", "--out", str(folder)],
            cwd=REPOSITORY,
            env=dict(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code:
        raise StepFailed(
            "The demo models' weights could not be built.",
            why=last_lines(log),
            fix=f"The whole log is {log}.",
        )
    made_from.write_text(current)
    return folder


def upload_weights(s3: "S3Client", bucket: str, folder: Path) -> int:
    """Put every file below `demo/` that the bucket does not hold yet; how many were put."""
    files = [path for path in sorted((folder / "demo").rglob("*")) if path.is_file()]
    return sum(_upload(s3, bucket, path, path.relative_to(folder).as_posix()) for path in files)


def upload_checkpoint(s3: "S3Client", bucket: str) -> int:
    """The chat model as vLLM reads it, at a key of its own: llama.cpp looks for one GGUF file."""
    files = [path for path in sorted(_CHECKPOINT.iterdir()) if path.suffix != ".md"]
    return sum(_upload(s3, bucket, path, f"{CHECKPOINT_KEY}/{path.name}") for path in files)


def _upload(s3: "S3Client", bucket: str, path: Path, key: str) -> bool:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if _stored_digest(s3, bucket, key) == digest:
        return False
    s3.upload_file(str(path), bucket, key, ExtraArgs={"Metadata": {"sha256": digest}})
    return True


def _stored_digest(s3: "S3Client", bucket: str, key: str) -> str | None:
    try:
        return s3.head_object(Bucket=bucket, Key=key)["Metadata"].get("sha256")
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
            raise
        return None
