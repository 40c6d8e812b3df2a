"""Hits as LISA's similarity search tells them, with where each stands and what each stage said."""

from typing import Any

from catalogue.collection import Collection
from catalogue.question import SearchQuery
from catalogue.repository import Repository
from retrieval.hit import Hit
from searching.finding import Found

# Lambda hands over 6 MB, in which a character may take six.
MOST_CHARACTERS = 900_000
TOO_LONG = "Passages after these were left out, since the answer would be too long: lower topK."


def answer(
    found: Found, place: tuple[Repository, Collection], query: SearchQuery
) -> dict[str, Any]:
    """Return the body of an answer; `warnings` tell what had to be left out."""
    repository, collection = place
    shown = _as_much_as_fits(found)
    cut = (TOO_LONG,) if len(shown) < len(found.hits) else ()
    return {
        "docs": [{"Document": _document(hit, query.score)} for hit in shown],
        "metadata": {
            "search_mode": query.search_mode or collection.search_settings.mode,
            "actual_mode_used": found.plan.mode,
            "hybrid_supported": True,
            "backend": repository.type,
            "vector_weight": found.plan.vector_weight,
            "rerank_model": found.plan.rerank_model,
            "warnings": [*found.warnings, *cut],
            "repositoryId": collection.repository_id,
            "collectionId": collection.collection_id,
            "embeddingModel": collection.embedding_model,
        },
    }


def _as_much_as_fits(found: Found) -> list[Hit]:
    shown, room = list[Hit](), MOST_CHARACTERS
    for hit in found.hits:
        room -= len(hit.passage.text)
        if room < 0:
            break
        shown.append(hit)
    return shown


def _document(hit: Hit, with_score: bool) -> dict[str, Any]:
    about: dict[str, Any] = {
        **hit.candidate.metadata,
        "documentId": hit.candidate.document_id,
        "title": hit.candidate.title,
        "source": hit.candidate.source,
        "headings": list(hit.passage.headings),
        "pages": list(hit.passage.pages) if hit.passage.pages else None,
        "span": list(hit.passage.span),
        "chunks": list(hit.ordinals),
        "rank": hit.rank,
        "scores": {
            "score": hit.score,
            "similarity": hit.similarity,
            "bm25": hit.bm25,
            "fused": hit.fused,
            "rerank": hit.rerank,
        },
    }
    if with_score:
        about["similarity_score"] = hit.score
    return {"page_content": hit.passage.text, "metadata": about}
