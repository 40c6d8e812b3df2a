"""From a question to hits: two searches fused, read again by a model, and with what stands around.

A model that does not answer for the moment costs the answer some of its quality and not the answer,
where another way leads to one; what was left out is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalogue.collection import Collection
from catalogue.question import SearchQuery
from catalogue.repository import Repository
from kernel.http import Caller
from repositories.access import collections_for, opened, repository_for
from repositories.errors import (
    CollectionNotFoundError,
    ModelRefusedError,
    ModelUnavailableError,
    told_as_a_fault,
)
from repositories.ports import Models, Rows, Stores
from retrieval.expansion import expanded
from retrieval.hit import Hit
from retrieval.reranking import needed, reranked
from retrieval.search import VECTOR_WEIGHT, Settings, hits
from stores.port import Mode, Question, VectorStore

# Of each search: fusion needs the middle of both lists, not only their heads.
FEWEST, PER_HIT, MOST = 50, 4, 200
# A model reads as much as a chunk has, and refuses or leaves out the rest. In UTF-8, a token has
# three bytes or more.
BYTES_PER_TOKEN, LEAST_READ = 3, 200


@dataclass(frozen=True)
class Plan:
    """What a question and a collection's settings come to."""

    mode: Mode
    vector_weight: float
    neighbours: int
    rerank_model: str | None


def planned(query: SearchQuery, collection: Collection) -> Plan:
    """Return how to search: as the question asks, else as the collection is set."""
    usual = collection.search_settings
    rerank = query.rerank if isinstance(query.rerank, str) else usual.rerank_model
    return Plan(
        mode=query.search_mode or usual.mode,
        vector_weight=_first_said(query.weight, usual.vector_weight, VECTOR_WEIGHT),
        neighbours=_first_said(query.neighbours, usual.neighbours),
        rerank_model=rerank if query.rerank else None,
    )


def _first_said[Value](*values: Value | None) -> Value:
    return next(value for value in values if value is not None)


def chosen(
    rows: Rows, caller: Caller, repository_id: str, query: SearchQuery, at: datetime
) -> tuple[Repository, Collection]:
    """Return where to search: the collection that is asked for, else the first that the caller may
    see of the embedding model that is, the default one before others."""
    if query.collection_id or not query.model_name:
        return opened(rows, caller, repository_id, query.collection_id, at)
    repository = repository_for(rows, caller, repository_id, at)
    for collection in collections_for(rows, caller, repository):
        # Curators see those, too, whose removal is going on.
        if collection.status == "ACTIVE" and collection.embedding_model == query.model_name:
            return opened(rows, caller, repository_id, collection.collection_id, at)
    raise CollectionNotFoundError(f"with embedding model {query.model_name}")


@dataclass(frozen=True)
class Found:
    """The hits, how they were searched in the end, and what had to be left out."""

    hits: Sequence[Hit]
    plan: Plan
    warnings: tuple[str, ...] = ()


def found(
    stores: Stores, models: Models, place: tuple[Repository, Collection], query: SearchQuery
) -> Found:
    """Return the best passages of a collection.

    Raise StoreFailedError, ModelRefusedError for a model that will never do, be it the one that
    embeds or one that the question names, and ModelUnavailableError where there is no way without.
    """
    repository, collection = place
    plan, vector, warnings = _vector_if_there(models, collection, query)
    with told_as_a_fault():
        store = stores.of(repository)
        first = _searched(store, collection, query, (plan, vector))
        best, plan, more = _read_again(models, query, plan, first)
        if plan.neighbours and best:
            around = store.around(collection.shelf, [hit.place for hit in best], plan.neighbours)
            best = expanded(best, around, plan.neighbours)
    return Found(best, plan, (*warnings, *more))


def _vector_if_there(
    models: Models, collection: Collection, query: SearchQuery
) -> tuple[Plan, list[float] | None, tuple[str, ...]]:
    plan = planned(query, collection)
    if plan.mode == "text":
        return plan, None, ()
    try:
        return plan, _vector(models, collection, query.query), ()
    except ModelUnavailableError as fault:
        if plan.mode == "vector":
            raise
        return replace(plan, mode="text"), None, (f"Searched by words alone. {fault.message}",)


def _vector(models: Models, collection: Collection, text: str) -> list[float]:
    read = max(collection.chunking_strategy.size, LEAST_READ) * BYTES_PER_TOKEN
    (vector,) = models.embed(collection.embedding_model, [both_ends(text, read)])
    if len(vector) != collection.dimensions:
        raise ModelRefusedError(
            collection.embedding_model,
            f"its vectors have {len(vector)} numbers now, those of this collection"
            f" {collection.dimensions}; it must have been replaced by another model",
        )
    return vector


def both_ends(text: str, size: int) -> str:
    """Return the text, of a longer one its beginning and its end: what is asked stands at either.

    `size` is in bytes of UTF-8.
    """
    whole, half = text.encode(), (size - 1) // 2
    if len(whole) <= size:
        return text
    ends = (part.decode(errors="ignore") for part in (whole[:half], whole[-half:]))
    return "\n".join(ends)


def _searched(
    store: VectorStore,
    collection: Collection,
    query: SearchQuery,
    how: tuple[Plan, list[float] | None],
) -> list[Hit]:
    plan, vector = how
    question = Question(
        mode=plan.mode,
        text=query.query,
        vector=vector,
        limit=min(MOST, max(FEWEST, PER_HIT * query.top_k)),
        where=query.filter,
    )
    settings = Settings(plan.mode, plan.vector_weight, plan.neighbours)
    wanted = needed(query.top_k) if plan.rerank_model else query.top_k
    return hits(query.query, store.find(collection.shelf, question), settings, wanted)


def _read_again(
    models: Models, query: SearchQuery, plan: Plan, first: list[Hit]
) -> tuple[list[Hit], Plan, tuple[str, ...]]:
    if plan.rerank_model is None or not first:
        return first[: query.top_k], plan, ()
    texts = [hit.candidate.chunk.embedded(hit.candidate.title) for hit in first]
    try:
        scores = models.rerank(plan.rerank_model, query.query, texts)
    except (ModelUnavailableError, ModelRefusedError) as fault:
        if isinstance(fault, ModelRefusedError) and isinstance(query.rerank, str):
            raise
        # Who only asks a question need not suffer from how a collection was set.
        told = f"Not read again by a model. {fault.message}"
        return first[: query.top_k], replace(plan, rerank_model=None), (told,)
    return reranked(first, scores, query.top_k), plan, ()
