"""What people may do with documents: upload, ingest, list, see, fetch and remove them.

A document is reached only through a repository and a collection that the caller may see. What one
may see one may fetch; only its owner and curators may remove it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalogue.collection import Collection
from catalogue.repository import Repository
from documents.document import Document, Status, Wish
from documents.errors import DocumentNotFoundError, NotYourDocumentError, ObjectNotFoundError
from documents.job import Job, JobStatus, followed
from documents.keys import Where, owner_of, upload_of
from documents.places import Feed
from documents.requests import DocumentsQuery, IngestRequest, JobsQuery, RemovalRequest
from ingestion.accepting import Target, fed, observe, removal
from ingestion.ports import Documents, Files, Page
from kernel.http import Caller
from repositories.access import collection_for, collections_for, opened, ready, repository_for
from repositories.errors import CollectionNotFoundError, unfit
from repositories.listing import Listed
from repositories.ports import Rows
from repositories.shelving import documents_page

_DOCUMENT_ID = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class Cabinet:
    """What holds documents."""

    rows: Rows
    documents: Documents
    files: Files
    bucket: str


def ingested(
    cabinet: Cabinet, caller: Caller, repository_id: str, wish: IngestRequest, at: datetime
) -> tuple[list[Document], Collection]:
    """Accept objects as they are now; one that is ingested already keeps its job.

    Raise NotYourDocumentError for a key that is not below the caller's own uploads, or, of a
    curator, an object of a pipeline.
    """
    chosen = wish.collection_id or _collection_in(wish.keys[0])
    repository, collection = opened(cabinet.rows, caller, repository_id, chosen, at)
    _require_possible(wish, collection)
    found = [_target(cabinet, caller, (repository, collection), key) for key in wish.keys]
    for target in found:
        if cabinet.files.look(target.where) is None:
            raise ObjectNotFoundError(target.where.key)
    wanted = [_wishing(target, wish) for target in dict.fromkeys(found)]
    seen = [observe(cabinet.documents, cabinet.files, target, at) for target in wanted]
    return [document for document in seen if document is not None], collection


def listed(
    cabinet: Cabinet, caller: Caller, repository_id: str, query: DocumentsQuery, at: datetime
) -> Listed[Document]:
    """Return documents of a collection that the caller may see."""
    _, collection = opened(cabinet.rows, caller, repository_id, query.collection_id, at)
    return documents_page(cabinet.documents, collection, query)


def seen(
    cabinet: Cabinet, caller: Caller, repository_id: str, document_id: str, at: datetime
) -> Document:
    """Return a document that the caller may see, or raise DocumentNotFoundError."""
    repository = ready(repository_for(cabinet.rows, caller, repository_id, at))
    return _document(cabinet, caller, repository, document_id)


def removed(
    cabinet: Cabinet, caller: Caller, repository_id: str, wish: RemovalRequest, at: datetime
) -> list[Document]:
    """Ask for the removal of documents, of all or of none of them."""
    repository = ready(repository_for(cabinet.rows, caller, repository_id, at))
    for document_id in wish.document_ids:
        document = _document(cabinet, caller, repository, document_id)
        if not caller.may("curator") and document.owner != owner_of(caller.subject):
            raise NotYourDocumentError(f"Document {document_id}")
    asked = dict.fromkeys(wish.document_ids)
    gone = [removal(cabinet.documents, repository_id, one, at) for one in asked]
    return [document for document in gone if document is not None]


def jobs(
    cabinet: Cabinet, caller: Caller, repository_id: str, query: JobsQuery, at: datetime
) -> Page[Job]:
    """Return jobs of a repository: the caller's own, or all that a curator may see."""
    repository = repository_for(cabinet.rows, caller, repository_id, at)
    since = at - timedelta(hours=query.time_limit)
    page = cabinet.documents.jobs(repository_id, since, query.page_size, query.last_evaluated_key)
    shown = _shown_to(cabinet, caller, repository)
    return Page([_followed(cabinet, job) for job in page.items if shown(job)], page.after)


def _shown_to(cabinet: Cabinet, caller: Caller, repository: Repository) -> Callable[[Job], bool]:
    if caller.admin:
        return lambda _: True
    if caller.may("curator"):
        seen = {one.collection_id for one in collections_for(cabinet.rows, caller, repository)}
        return lambda job: job.collection_id in seen
    own = owner_of(caller.subject)
    return lambda job: job.owner == own


def _followed(cabinet: Cabinet, job: Job) -> Job:
    """Only work that is going on has moved since the job was written."""
    if job.status is not JobStatus.INGESTION_IN_PROGRESS:
        return job
    return followed(job, cabinet.documents.find(job.repository_id, job.document_id))


def _document(
    cabinet: Cabinet, caller: Caller, repository: Repository, document_id: str
) -> Document:
    known = _DOCUMENT_ID.fullmatch(document_id)
    found = cabinet.documents.find(repository.repository_id, document_id) if known else None
    if found is None or found.status is Status.REMOVED:
        raise DocumentNotFoundError(document_id)
    try:
        collection_for(cabinet.rows, caller, repository, found.collection_id)
    except CollectionNotFoundError:
        raise DocumentNotFoundError(document_id) from None
    return found


def _collection_in(key: str) -> str | None:
    upload = upload_of(key)
    return upload.collection_id if upload else None


def _require_possible(wish: IngestRequest, collection: Collection) -> None:
    if wish.embedding_model not in (None, collection.embedding_model):
        embedded = f"the collection is embedded with {collection.embedding_model}"
        raise unfit("embeddingModel", f"{embedded}: leave it out, or choose another collection")
    if wish.chunking_strategy and not collection.allow_chunking_override:
        raise unfit("chunkingStrategy", "the collection does not allow another than its own")


def _target(
    cabinet: Cabinet, caller: Caller, place: tuple[Repository, Collection], key: str
) -> Target:
    repository, collection = place
    upload = upload_of(key)
    if upload is None:
        feeds = _feeds(repository, collection) if caller.may("curator") else ()
        for feed in feeds:
            where = Where(feed.pipeline.s3_bucket, key)
            if feed.holds(*where):
                return fed(feed, where)
    elif (upload.repository_id, upload.collection_id) == (
        repository.repository_id,
        collection.collection_id,
    ) and (caller.may("curator") or upload.owner == owner_of(caller.subject)):
        where = Where(cabinet.bucket, key)
        return Target(repository.repository_id, collection.collection_id, where)
    raise NotYourDocumentError(f"The object {key}")


def _feeds(repository: Repository, collection: Collection) -> Iterator[Feed]:
    for pipeline in repository.pipelines:
        if (pipeline.collection_id or repository.default_collection_id) == collection.collection_id:
            yield Feed(repository.repository_id, collection.collection_id, pipeline)


def _wishing(target: Target, wish: IngestRequest) -> Target:
    before = target.wish or Wish()
    said = Wish(
        chunking=wish.chunking_strategy or before.chunking, labels=wish.metadata or before.labels
    )
    asked = wish.chunking_strategy is not None or wish.metadata is not None
    return Target(
        repository_id=target.repository_id,
        collection_id=target.collection_id,
        where=target.where,
        wish=said if asked else target.wish,
        auto_remove=target.auto_remove,
        again=True,
    )
