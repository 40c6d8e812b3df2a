"""Objects become documents here: one look at the object as it is, one conditional write.

A notice says only where to look. What is written is what was seen after the row was read, and only
if the row is still that: so late, doubled and lost notices all end in the object's last state.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from documents.document import Document, ObjectState, Origin, Status, Wish, later, older
from documents.errors import DocumentBusy
from documents.keys import Where, document_id, name_in, upload_of
from documents.places import Feed
from ingestion.ports import Documents, Files
from kernel.ids import new_id

# More lost races than this at one document are no accident.
RACES = 5


@dataclass(frozen=True)
class Target:
    """Which document an object is, and how it is to be ingested.

    `wish` None leaves that as it is; `again` has even an unchanged document ingested that failed.
    """

    repository_id: str
    collection_id: str
    where: Where
    wish: Wish | None = None
    auto_remove: bool = True
    again: bool = False
    username: str | None = None

    @property
    def document_id(self) -> str:
        return document_id(self.repository_id, self.collection_id, self.where)


def targets(
    where: Where, documents_bucket: str, feeds: Callable[[], Iterable[Feed]]
) -> list[Target]:
    """Return the documents that an object is of which S3 tells, by its place alone."""
    upload = upload_of(where.key)
    if upload and where.bucket == documents_bucket:
        return [Target(upload.repository_id, upload.collection_id, where)]
    following = (one for one in feeds() if one.pipeline.follows_events)
    return [fed(one, where) for one in following if one.holds(*where)]


def fed(feed: Feed, where: Where, wishing: bool = True) -> Target:
    """Return the document that an object is in a pipeline's collection.

    Not `wishing` leaves how it is ingested as it is, which a person may have chosen.
    """
    pipeline = feed.pipeline
    wish = Wish(chunking=pipeline.chunking_strategy, labels=pipeline.metadata)
    return Target(
        repository_id=feed.repository_id,
        collection_id=feed.collection_id,
        where=where,
        wish=wish if wishing else None,
        auto_remove=pipeline.auto_remove,
    )


def observe(
    documents: Documents,
    files: Files,
    target: Target,
    at: datetime,
    sequencer: str | None = None,
) -> Document | None:
    """Accept an object as it is at this moment, and return its document, None if it is none.

    `sequencer` is S3's number of the change that was told; the row knows a later one or the object
    is looked at.
    """
    for _ in range(RACES):
        row = documents.find(target.repository_id, target.document_id)
        if row is not None and older(sequencer, row.sequencer):
            return row
        seen = files.look(target.where)
        try:
            return _write(documents, row, decided(row, seen, target, at), sequencer, at)
        except DocumentBusy:
            continue
    raise DocumentBusy(f"Document {target.document_id} is changing at this very moment.")


def removal(documents: Documents, repository_id: str, row_id: str, at: datetime) -> Document | None:
    """Ask for a document's removal, and return it, None if there is no such document."""
    for _ in range(RACES):
        row = documents.find(repository_id, row_id)
        if row is None or row.status in (Status.DELETING, Status.REMOVED):
            return row
        try:
            return documents.put(row, row.deleting("asked", at))
        except DocumentBusy:
            continue
    raise DocumentBusy(f"Document {row_id} is changing at this very moment.")


def _write(
    documents: Documents,
    row: Document | None,
    now: Document | None,
    sequencer: str | None,
    at: datetime,
) -> Document | None:
    if now is row:
        return row
    if now is None:
        if row is not None:
            documents.forget(row, at)
        return None
    numbered = now.model_copy(update={"sequencer": sequencer or now.sequencer})
    return documents.put(row, numbered)


def decided(
    row: Document | None, seen: ObjectState | None, target: Target, at: datetime
) -> Document | None:
    """Return the row as it is to be: the same object, if nothing is to be done."""
    if seen is None:
        return _without_object(row, target, at)
    if row is None:
        return _new(seen, target, at)
    wish = row.wish if target.wish is None else target.wish
    if _is_known(row, seen, wish, target):
        return row
    return row.requested(seen, wish, at)


def _without_object(row: Document | None, target: Target, at: datetime) -> Document | None:
    if row is None or row.status is Status.REMOVED:
        return None
    if row.status is Status.DELETING or not target.auto_remove:
        return row
    return row.deleting("gone", at)


def _is_known(row: Document, seen: ObjectState, wish: Wish, target: Target) -> bool:
    if not row.content.same_as(seen):
        return False
    match row.status:
        case Status.DELETING:
            # What went came back; what somebody asked to remove does not come back by itself.
            return row.cause == "asked"
        case Status.REMOVED:
            return not target.again
        case Status.FAILED if target.again or row.cause == "gone":
            return False
    return row.wish == wish


def _new(seen: ObjectState, target: Target, at: datetime) -> Document:
    upload = upload_of(target.where.key)
    origin: Origin = "manual" if upload else "auto"
    return Document(
        repository_id=target.repository_id,
        collection_id=target.collection_id,
        document_id=target.document_id,
        bucket=target.where.bucket,
        key=target.where.key,
        name=name_in(target.where.key),
        origin=origin,
        owner=upload.owner if upload else None,
        username=target.username or seen.username,
        content=seen,
        wish=target.wish or Wish(),
        generation=later(0, at),
        status=Status.PENDING,
        job_id=new_id(),
        job_created_at=at,
        upload_date=at,
        updated_at=at,
    )
