"""A pipeline: a prefix of a bucket whose objects a collection holds as documents. Pure."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from catalogue.base import Labels, Payload
from catalogue.collection import ChunkingStrategy

type BucketName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
type CollectionId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class Pipeline(Payload):
    """Which objects become documents, and of which collection; null is the default one.

    Each is compared with its bucket when it is made or changed, and once a day. One whose `trigger`
    is `event` follows its bucket's events besides; `schedule` is LISA's older word for `daily`.
    """

    s3_bucket: BucketName
    s3_prefix: Annotated[str, StringConstraints(max_length=512)] = ""
    trigger: Literal["event", "daily", "schedule"] = "event"
    auto_remove: bool = True
    collection_id: CollectionId | None = None
    chunking_strategy: ChunkingStrategy | None = None
    metadata: Labels = Labels()

    @property
    def follows_events(self) -> bool:
        """Return whether it is told at once what becomes of an object."""
        return self.trigger == "event"

    def overlaps(self, other: "Pipeline") -> bool:
        """Return whether one object could belong to both."""
        return self.reaches(other.s3_bucket, other.s3_prefix)

    def reaches(self, bucket: str, prefix: str) -> bool:
        """Return whether it could hold an object below a prefix of a bucket."""
        shorter, longer = sorted((self.s3_prefix, prefix), key=len)
        return self.s3_bucket == bucket and longer.startswith(shorter)
