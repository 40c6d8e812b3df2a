"""Documents to begin with."""

from datetime import UTC, datetime
from typing import Any

from documents.document import Document, Figures, ObjectState, Status, Wish
from documents.keys import Where, document_id

TEAM, MANUALS, RECIPES = "team-docs", "3b1d0b3a-7a55-4f6c-9d5e-8a4f2d1c0b9a", "recipes"
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
SOME = Figures(title="Pump", media_type="text/plain", pages=None, chunks=3, batches=2)


def document(name: str = "pump.txt", **changes: Any) -> Document:
    """A document that has just been accepted."""
    where = Where("lisa-test-documents", f"uploads/{TEAM}/{MANUALS}/owner-1/7c6d/{name}")
    fresh = Document(
        repository_id=TEAM,
        collection_id=MANUALS,
        document_id=document_id(TEAM, MANUALS, where),
        bucket=where.bucket,
        key=where.key,
        name=name,
        origin="manual",
        owner="owner-1",
        username="ada",
        content=ObjectState(etag="e1", size=7),
        wish=Wish(),
        generation=1_000,
        status=Status.PENDING,
        job_id=f"job-of-{name}",
        job_created_at=NOON,
        upload_date=NOON,
        updated_at=NOON,
    )
    return fresh.model_copy(update=changes)
