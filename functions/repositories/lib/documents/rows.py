"""Documents and jobs as items of the table: where they lie, and what its indexes read. Pure."""

from datetime import datetime
from typing import Any

from documents.document import Document
from documents.job import KEPT, Job
from documents.places import Feed
from documents.row import Row

type Item = dict[str, Any]
_DAY = 86_400
EMBEDDED = "embedded"


def documents_pk(repository_id: str) -> str:
    """Return what the documents of a repository lie under, by their ids."""
    return f"documents#{repository_id}"


def jobs_pk(repository_id: str) -> str:
    """Return what the jobs of a repository lie under, in the order of their time."""
    return f"jobs#{repository_id}"


def collection_key(repository_id: str, collection_id: str) -> str:
    """Return what the index of collections calls one."""
    return f"{repository_id}#{collection_id}"


def feed_key(of: Document | Feed, bucket: str) -> str:
    """Return what the index of pipelines calls a collection with a bucket that feeds it."""
    return f"{collection_key(of.repository_id, of.collection_id)}#{bucket}"


def moment(at: datetime) -> str:
    """Return a time so that texts sort as times do."""
    return at.isoformat(timespec="microseconds")


def document_item(document: Document) -> Item:
    """Return a document's row with its key; values are JSON's."""
    collection = collection_key(document.repository_id, document.collection_id)
    key = {"pk": documents_pk(document.repository_id), "sk": document.document_id}
    item = {**_plain(document), **key, "collection": collection}
    # Batches are noted one by one, whatever else is being written.
    item.pop(EMBEDDED)
    if document.origin == "auto":
        item["feed"] = feed_key(document, document.bucket)
    return item


def job_item(job: Job) -> Item:
    """Return a job's row with its key, and when the table is to forget it."""
    key = {"pk": jobs_pk(job.repository_id), "sk": f"{moment(job.created_at)}#{job.id}"}
    expires = int(job.created_at.timestamp()) + KEPT * _DAY
    return {**_plain(job), **key, "expires": expires}


def _plain(row: Row) -> Item:
    return row.model_dump(mode="json", by_alias=True, exclude_none=True)
