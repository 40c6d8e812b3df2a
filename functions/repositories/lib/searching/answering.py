"""Hits as LISA's similarity search tells them, with where each stands and what each stage said."""

from typing import Any, Literal, NotRequired, TypedDict, cast

from pydantic import ConfigDict

from catalogue.collection import Collection
from catalogue.question import SearchQuery
from catalogue.repository import Repository, StoreType
from retrieval.hit import Hit
from searching.finding import Found

# Lambda hands over 6 MB, in which a character may take six.
MOST_CHARACTERS = 900_000
TOO_LONG = "Passages after these were left out, since the answer would be too long: lower topK."


type Mode = Literal["hybrid", "vector", "text"]


class Scores(TypedDict):
    """What each stage said of a passage; null where it did not judge."""

    score: float
    similarity: float | None
    bm25: float | None
    fused: float | None
    rerank: float | None


class PassageMetadata(TypedDict):
    """Where a passage stands, with what people said of its document under names of their own."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    documentId: str
    title: str
    source: str
    headings: list[str]
    pages: list[int] | None
    span: list[int]
    chunks: list[int]
    rank: int
    scores: Scores
    similarity_score: NotRequired[float]


class PassageView(TypedDict):
    """A passage, in LISA's words."""

    page_content: str
    metadata: PassageMetadata


class PassageHolder(TypedDict):
    """A passage, where LISA's clients look for it."""

    Document: PassageView


class SearchMetadata(TypedDict):
    """How the question was answered, and what has to be said of it."""

    search_mode: Mode
    actual_mode_used: Mode
    hybrid_supported: bool
    backend: StoreType
    vector_weight: float
    rerank_model: str | None
    warnings: list[str]
    repositoryId: str
    collectionId: str
    embeddingModel: str


class SearchAnswer(TypedDict):
    """The passages that answer a question best, in their order."""

    docs: list[PassageHolder]
    metadata: SearchMetadata


def answer(found: Found, place: tuple[Repository, Collection], query: SearchQuery) -> SearchAnswer:
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


def _document(hit: Hit, with_score: bool) -> PassageView:
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
    return {"page_content": hit.passage.text, "metadata": cast("PassageMetadata", about)}
