"""The bucket of weights, as this package needs it."""

from typing import Literal, Protocol

# A folder of more files is no model: the largest checkpoints have some hundreds.
MAX_FILES = 10_000

type Cause = Literal["missing", "denied", "unreachable", "too many files"]


class Unreadable(Exception):
    """The models bucket could not be read: why, and the platform's own words."""

    def __init__(self, cause: Cause, words: str = "") -> None:
        super().__init__(f"{cause}: {words}")
        self.cause = cause
        self.words = words


class ModelFiles(Protocol):
    """The bucket of weights."""

    bucket: str

    def list(self, prefix: str) -> dict[str, int]:
        """Return the files below `prefix/`: path relative to it -> size in bytes.

        Raise Unreadable, for more than MAX_FILES too.
        """

    def read(self, prefix: str, name: str, start: int, length: int) -> bytes:
        """Return `length` bytes of a file from `start` on, fewer where it ends before.

        Raise Unreadable, with the cause `missing` when the file is gone.
        """
