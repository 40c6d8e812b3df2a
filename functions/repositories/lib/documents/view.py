"""Documents as the API shows them. Pure."""

from typing import Any, cast

from documents.document import Document
from documents.shown import DocumentView


def view(document: Document) -> DocumentView:
    """Return what people see of a document."""
    found = document.figures
    shown = {
        "documentId": document.document_id,
        "repositoryId": document.repository_id,
        "collectionId": document.collection_id,
        "documentName": document.name,
        "source": f"s3://{document.bucket}/{document.key}",
        "ingestionType": document.origin,
        "username": document.username,
        "uploadDate": document.upload_date.isoformat(),
        "updatedAt": document.updated_at.isoformat(),
        "status": document.status,
        "step": document.step,
        "progress": document.progress,
        "size": document.content.size,
        "title": found.title if found else None,
        "mediaType": found.media_type if found else None,
        "pages": found.pages if found else None,
        "chunks": found.chunks if found else None,
        "warnings": found.warnings if found else [],
        "chunkingStrategy": _plain(document.wish.chunking),
        "metadata": _plain(document.wish.labels),
        "jobId": document.job_id,
        "reason": _plain(document.reason),
    }
    return cast("DocumentView", shown)


def _plain(value: Any) -> dict[str, Any] | None:
    return None if value is None else value.model_dump(mode="json", by_alias=True)
