"""From a question to passages that can be cited, as LISA's similarity search tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogue.collection import Collection
from catalogue.question import SearchQuery
from catalogue.repository import Repository
from kernel.http import Caller
from repositories.access import collections_for, opened, repository_for
from repositories.errors import (
    CollectionNotFoundError,
    ModelRefusedError,
    told_as_a_fault,
)
from repositories.ports import Models, Rows, Stores
from retrieval.expansion import expanded
from retrieval.hit import Hit
from retrieval.reranking import needed, reranked
from retrieval.search import Settings, hits
from stores.port import Mode, Question, VectorStore

# Of each search: fusion needs the middle of both lists, not only their heads.
FEWEST, PER_HIT, MOST = 50, 4, 200


@dataclass(frozen=True)
class Plan:
    """What a question and a collection's settings come to."""

    mode: Mode
    vector_weight: float | None
    neighbours: int
    rerank_model: str | None


def planned(query: SearchQuery, collection: Collection) -> Plan:
    """Return how to search: as the question asks, else as the collection is set."""
    usual = collection.search_settings
    rerank = query.rerank if isinstance(query.rerank, str) else usual.rerank_model
    return Plan(
        mode=query.search_mode or usual.mode,
        vector_weight=usual.vector_weight if query.weight is None else query.weight,
        neighbours=usual.neighbours if query.neighbours is None else query.neighbours,
        rerank_model=rerank if query.rerank else None,
    )


def chosen(
    rows: Rows, caller: Caller, repository_id: str, query: SearchQuery, at: datetime
) -> tuple[Repository, Collection]:
    """Return where to search: the collection that is asked for, else the first that the caller may
    see of the embedding model that is, the default one before others."""
    if query.collection_id or not query.model_name:
        return opened(rows, caller, repository_id, query.collection_id, at)
    repository = repository_for(rows, caller, repository_id, at)
    for collection in collections_for(rows, caller, repository):
        if collection.embedding_model == query.model_name:
            return opened(rows, caller, repository_id, collection.collection_id, at)
    raise CollectionNotFoundError(f"with embedding model {query.model_name}")


def answered(
    stores: Stores, models: Models, place: tuple[Repository, Collection], query: SearchQuery
) -> dict[str, Any]:
    """Return the answer in the words of LISA's similarity search, with what each stage said."""
    repository, collection = place
    plan = planned(query, collection)
    with told_as_a_fault():
        found = _found(stores.of(repository), models, collection, query, plan)
    return {
        "docs": [{"Document": _document(hit, query.score)} for hit in found],
        "metadata": {
            "search_mode": query.search_mode or collection.search_settings.mode,
            "actual_mode_used": plan.mode,
            "hybrid_supported": True,
            "vector_weight": plan.vector_weight,
            "rerank_model": plan.rerank_model,
            "repositoryId": collection.repository_id,
            "collectionId": collection.collection_id,
            "embeddingModel": collection.embedding_model,
        },
    }


def _found(
    store: VectorStore, models: Models, collection: Collection, query: SearchQuery, plan: Plan
) -> Sequence[Hit]:
    question = Question(
        mode=plan.mode,
        text=query.query,
        vector=None if plan.mode == "text" else _vector(models, collection, query.query),
        limit=min(MOST, max(FEWEST, PER_HIT * query.top_k)),
        where=query.filter,
    )
    settings = Settings(plan.mode, plan.vector_weight, plan.neighbours)
    fused = needed(query.top_k) if plan.rerank_model else query.top_k
    found = hits(query.query, store.find(collection.shelf, question), settings, fused)
    if plan.rerank_model and found:
        texts = [hit.candidate.chunk.embedded(hit.candidate.title) for hit in found]
        scores = models.rerank(plan.rerank_model, query.query, texts)
        found = reranked(found, scores, query.top_k)
    if plan.neighbours and found:
        places = [hit.place for hit in found]
        around = store.around(collection.shelf, places, plan.neighbours)
        found = expanded(found, around, plan.neighbours)
    return found


def _vector(models: Models, collection: Collection, text: str) -> list[float]:
    (vector,) = models.embed(collection.embedding_model, [text])
    if len(vector) != collection.dimensions:
        raise ModelRefusedError(
            collection.embedding_model,
            f"its vectors have {len(vector)} numbers now, those of this collection"
            f" {collection.dimensions}; it must have been replaced by another model",
        )
    return vector


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
