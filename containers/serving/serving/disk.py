"""The disk that takes the weights: its room, and its refusals as sentences."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from serving.faults import DiskFull, DiskUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT}
LARGER = (
    "Raise autoScalingConfig.blockDeviceVolumeSize, or choose an instance type with disks of its "
    "own."
)


def check_space(free: int, needed: int) -> None:
    """Compare bytes before the first one is fetched. Raises DiskFull."""
    if needed > free:
        raise DiskFull(
            f"The weights need {needed / 1e9:.1f} GB more, and the disk has {free / 1e9:.1f} GB.",
            LARGER,
        )


@contextmanager
def readable_disk_errors(folder: Path) -> Iterator[None]:
    """Whatever the disk says becomes a fault with the place and the remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(f"The disk of {folder} is full.", LARGER) from error
        raise DiskUnusable(
            f"The weights cannot be kept in {folder}: {error.strerror or error}.",
            "The image's user must be able to write there: the images of make stage-image can.",
        ) from error
