"""Reading what strangers uploaded: every size, count and depth has an end."""

import json
from collections.abc import Callable
from typing import Any

from checkpoint.blocked import Blocked
from checkpoint.ports import ModelFiles, Unreadable

type Json = dict[str, Any]

MAX_JSON_BYTES = 32 << 20


class Damaged(Exception):
    """A file is not what its name says: what was found."""


class Folder:
    """One model's files: the listing once, then pieces of single files."""

    def __init__(self, files: ModelFiles, prefix: str) -> None:
        self.prefix = prefix.strip("/")
        self.location = f"s3://{files.bucket}/{self.prefix}/"
        self._files = files
        self.bytes_read = 0
        self.sizes = self._guarded("", lambda: files.list(self.prefix))

    def read(self, name: str, start: int, length: int) -> bytes:
        """Return a piece of a file, or raise Blocked with the cause."""
        piece = self._guarded(name, lambda: self._files.read(self.prefix, name, start, length))
        self.bytes_read += len(piece)
        return piece[:length]

    def json(self, name: str) -> Json | None:
        """Return a JSON object from a file, None when there is no such file."""
        size = self.sizes.get(name)
        if size is None:
            return None
        if size > MAX_JSON_BYTES:
            raise Blocked(
                "WeightsUnreadable",
                f"{self.location}{name} has {size:,} bytes; no model's {name} has more than "
                f"{MAX_JSON_BYTES:,}.",
                "Stage the model again (make stage-model).",
            )
        try:
            return parse_object(self.read(name, 0, size))
        except Damaged as error:
            raise self.damaged(name, error) from None

    def damaged(self, name: str, error: Damaged) -> Blocked:
        """Return the reason for a file that is not what its name says."""
        return Blocked(
            "WeightsUnreadable",
            f"{self.location}{name} is damaged: {error}.",
            "Stage the model again (make stage-model): most often the upload was cut off.",
        )

    def _guarded[Found](self, name: str, read: Callable[[], Found]) -> Found:
        try:
            return read()
        except Unreadable as error:
            raise self._refusal(name, error) from None

    def _refusal(self, name: str, error: Unreadable) -> Blocked:
        where, words = f"{self.location}{name}", f" ({error.words})" if error.words else ""
        if error.cause == "missing":
            return Blocked(
                "WeightsMissing",
                f"{where} does not exist{words}.",
                "Stage the model (make stage-model), and name its folder as modelName.",
            )
        fixes = {
            "denied": "Allow s3:ListBucket on the models bucket and s3:GetObject on its objects "
            "(and kms:Decrypt on the key, when the bucket has one of its own).",
            "unreachable": "Nothing in the model is wrong: ask again when S3 answers.",
            "too many files": "Name the folder of one model as modelName, not one above it.",
        }
        return Blocked(
            "WeightsUnreadable",
            f"{where} cannot be read: {error.cause}{words}.",
            fixes[error.cause],
        )


def parse_object(text: bytes) -> Json:
    """Return a JSON object, or raise Damaged for whatever else the bytes hold."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise Damaged("its JSON is nested too deeply") from None
    except ValueError:
        # Bad JSON, bad UTF-8 and numbers of thousands of digits alike.
        raise Damaged("it is not JSON") from None
    if not isinstance(found, dict):
        raise Damaged("it is not a JSON object")
    return found


def natural(value: object) -> int | None:
    """Return a whole number of at least 1 and at most 2^53, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= 1 << 53 else None
