"""What becomes true of documents, and how a change of a row becomes it."""

from typing import Any

from kernel.events import Change, Fact

SOURCE = "repositories"
DOCUMENTS = "documents#"


class DocumentFact(Fact):
    """Base of the facts about one document. A generation is one accepted change of it."""

    repository_id: str
    collection_id: str
    document_id: str
    generation: int


class DocumentRequested(DocumentFact, source=SOURCE):
    """A state of a document was accepted and is to be ingested."""


class DocumentIngested(DocumentFact, source=SOURCE):
    """A document is found by searches."""

    chunks: int


class DocumentFailed(DocumentFact, source=SOURCE):
    """A document could not be ingested, or not removed; its row says why."""

    code: str


class DocumentRemovalRequested(DocumentFact, source=SOURCE):
    """A document is to be removed."""


class DocumentRemoved(DocumentFact, source=SOURCE):
    """A document is no longer found, and nothing of it is left in the store."""


def facts_of(change: Change) -> list[DocumentFact]:
    """Return what became true by a change of a row; most changes make nothing true."""
    before, after = change.before or {}, change.after or {}
    row = after or before
    if not row["pk"].startswith(DOCUMENTS):
        return []
    if not after:
        return [] if before["status"] == "REMOVED" else [DocumentRemoved(**_about(before))]
    same = all(before.get(name) == after[name] for name in ("generation", "status"))
    return [] if same else _became(after)


def _became(row: dict[str, Any]) -> list[DocumentFact]:
    about = _about(row)
    match row["status"]:
        case "PENDING":
            return [DocumentRequested(**about)]
        case "COMPLETED":
            return [DocumentIngested(**about, chunks=int(row["figures"]["chunks"]))]
        case "FAILED":
            return [DocumentFailed(**about, code=row["reason"]["code"])]
        case "DELETING":
            return [DocumentRemovalRequested(**about)]
        case "REMOVED":
            return [DocumentRemoved(**about)]
    return []


def _about(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "repository_id": row["repositoryId"],
        "collection_id": row["collectionId"],
        "document_id": row["documentId"],
        "generation": int(row["generation"]),
    }
