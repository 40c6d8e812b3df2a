"""A model's files as a source lists them, and their digests."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from staging.faults import StagingFailed

# A repository with more is no model; each file costs two requests when it is verified.
MOST_FILES = 2_000
_CHUNK = 8 * 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """One file: its path below the model, its size in bytes, and its SHA-256 where it is known."""

    name: str
    size: int
    sha256: str = ""


class Source(Protocol):
    """Where a model comes from."""

    @property
    def described(self) -> str:
        """Name the source for people."""

    def files(self) -> list[SourceFile]:
        """Return all files of the model."""

    def fetch(self, file: SourceFile) -> Path:
        """Bring one file to this disk and return where it lies."""


def sha256_of(path: Path, advance: Callable[[int], None] = lambda _: None) -> str:
    """Hash a file; `advance` is told the bytes of each step."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            advance(len(chunk))
    return digest.hexdigest()


def is_safe(name: str) -> bool:
    """Whether a file's path stays below its folder and is one that S3 and a disk both can hold."""
    parts = name.split("/")
    return (
        0 < len(name) <= 512
        and name.isprintable()
        and "\\" not in name
        and not any(part in ("", ".", "..") for part in parts)
    )


def refuse_a_full_disk(folder: Path, needed: int, variable: str) -> None:
    """Stop before a disk is full; `variable` is the one that names another place."""
    disk = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(disk).free
    if needed > free:
        raise StagingFailed(
            f"{needed / 1e9:.1f} GB are needed below {folder}, and its disk has {free / 1e9:.1f}.",
            f"Make room there, or name a folder on a larger disk in the variable {variable}.",
        )
