"""A pipeline beside its bucket: both in the order of keys, a bounded stretch at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from documents.document import Document, ObjectState
from documents.keys import Where
from documents.places import Feed
from ingestion.accepting import decided, fed
from ingestion.messages import Stretch
from ingestion.ports import Documents, Files, Notices, Places
from kernel.clock import now

# Keys that one message has compared: a few seconds, if each of them is to be told.
MOST = 5_000
type Side = tuple[str, ObjectState | Document]


class Beside(NamedTuple):
    """A key, with the object and the document that it names, None for one that is not there."""

    key: str
    seen: ObjectState | None
    row: Document | None


@dataclass(frozen=True)
class Scanning:
    """From the time of day to a comparison of every pipeline."""

    places: Places
    notices: Notices

    def __call__(self) -> None:
        """Ask for every pipeline to be compared with its bucket. Safe to repeat."""
        self.notices.compare(
            Stretch(
                repository_id=feed.repository_id,
                bucket=feed.pipeline.s3_bucket,
                prefix=feed.pipeline.s3_prefix,
                daily=True,
            )
            for feed in self.places.feeds()
        )


@dataclass(frozen=True)
class Comparing:
    """From a stretch of a pipeline to notices of what differs, and to its next stretch."""

    documents: Documents
    files: Files
    places: Places
    notices: Notices
    most: int = MOST

    def __call__(self, stretch: Stretch) -> None:
        """Compare a stretch; one of a pipeline that is no more is done. Safe to repeat."""
        for feed in self.places.feeds_of(stretch.repository_id):
            pipeline = feed.pipeline
            if (pipeline.s3_bucket, pipeline.s3_prefix) == (stretch.bucket, stretch.prefix):
                self._compare(feed, stretch)

    def _compare(self, feed: Feed, stretch: Stretch) -> None:
        objects = self.files.under(stretch.bucket, stretch.prefix, stretch.after)
        rows = self.documents.under(feed, stretch.after)
        compared = list(islice(side_by_side(objects, rows), self.most))
        differing = [
            Where(stretch.bucket, one.key)
            for one in compared
            if differs(feed, one, stretch.daily, now())
        ]
        self.notices.send(differing, feed.repository_id)
        if len(compared) == self.most:
            self.notices.compare([stretch.model_copy(update={"after": compared[-1].key})])


def side_by_side(
    objects: Iterable[tuple[str, ObjectState]], rows: Iterable[Document]
) -> Iterator[Beside]:
    """Yield each key of either, once. Both come in the order of their keys, and are read lazily.

    S3 and DynamoDB order by UTF-8, which is the order of Python's texts.
    """
    held: Iterator[Side] = ((row.key, row) for row in rows)
    for key, found in groupby(merge(objects, held, key=itemgetter(0)), key=itemgetter(0)):
        sides = [one for _, one in found]
        seen = next((one for one in sides if isinstance(one, ObjectState)), None)
        row = next((one for one in sides if isinstance(one, Document)), None)
        yield Beside(key, seen, row)


def differs(feed: Feed, one: Beside, daily: bool, at: datetime) -> bool:
    """Return whether a look at the object would change the document."""
    where = Where(feed.pipeline.s3_bucket, one.key)
    if not feed.holds(*where):
        return False
    target = fed(feed, where, wishing=not daily)
    return decided(one.row, one.seen, target, at) is not one.row
