"""What is done about a notice of an object, and what a comparison with the bucket finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from documents.document import Document
from documents.keys import Where
from documents.places import Feed
from ingestion.accepting import Target, observe, targets
from ingestion.ports import Documents, Files, Notices, PlaceGone, Places
from kernel.clock import now

# How many rows are read at once.
PAGE = 100


class _Bucket(BaseModel):
    name: str


class _Object(BaseModel):
    key: str
    sequencer: str | None = None


class Notice(BaseModel):
    """Word of an object that may have changed, shaped as S3 tells the bus."""

    bucket: _Bucket
    object: _Object


@dataclass(frozen=True)
class Accepting:
    """From a notice to the documents that the object is."""

    documents: Documents
    files: Files
    places: Places
    documents_bucket: str

    def __call__(self, notice: Notice) -> None:
        """Accept an object as it is now, wherever it is a document."""
        where = Where(notice.bucket.name, notice.object.key)
        for target in targets(where, self.documents_bucket, self.places.feeds):
            if self._stands(target):
                observe(self.documents, self.files, target, now(), notice.object.sequencer)

    def _stands(self, target: Target) -> bool:
        try:
            self.places.place(target.repository_id, target.collection_id)
        except PlaceGone:
            return False
        return True


@dataclass(frozen=True)
class Scanning:
    """From what a bucket holds to notices of what differs."""

    documents: Documents
    files: Files
    places: Places
    notices: Notices

    def __call__(self) -> None:
        """Compare every pipeline with its bucket. Safe to repeat, and to be cut off."""
        for feed in self.places.feeds():
            self.notices.send(differing(self.documents, self.files, feed))


def differing(documents: Documents, files: Files, feed: Feed) -> Iterator[Where]:
    """Yield the objects of a pipeline that its collection does not hold as they are."""
    pipeline = feed.pipeline
    found = dict(files.under(pipeline.s3_bucket, pipeline.s3_prefix))
    for row in _rows(documents, feed):
        seen = found.pop(row.key, None)
        if seen is None or not row.content.same_as(seen):
            yield row.where
    for key in found:
        if feed.holds(pipeline.s3_bucket, key):
            yield Where(pipeline.s3_bucket, key)


def _rows(documents: Documents, feed: Feed) -> Iterator[Document]:
    after: str | None = None
    while True:
        page = documents.of_collection(feed.repository_id, feed.collection_id, PAGE, after)
        yield from (row for row in page.items if feed.holds(*row.where))
        after = page.after
        if after is None:
            return
