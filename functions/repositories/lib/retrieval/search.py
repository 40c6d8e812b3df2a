"""From the candidates of the searches to the hits of one answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.coverage import coverage
from retrieval.duplicates import Copies
from retrieval.fusion import by_text, by_vector, by_words, fused
from retrieval.hit import Hit
from stores.port import Candidate, Mode

# On the bench's tuning questions no other share did better, nor did one chosen for each question
# by its length and by how far each search's first leads.
VECTOR_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """How a collection is searched.

    `vector_weight` is the share of the vectors in a hybrid search, 0 to 1. `neighbours` is how many
    chunks before and after a hit are read with it.
    """

    mode: Mode = "hybrid"
    vector_weight: float = VECTOR_WEIGHT
    neighbours: int = 0
    deduplicate: bool = True

    def __post_init__(self) -> None:
        """Refuse what no search can mean."""
        if not 0 <= self.vector_weight <= 1:
            raise ValueError("vector_weight is a share, from 0 to 1.")
        if self.neighbours < 0:
            raise ValueError("neighbours is a number of chunks, 0 or more.")


def hits(
    question: str, candidates: Sequence[Candidate], settings: Settings, top_k: int
) -> list[Hit]:
    """Return the best `top_k`, the best first; the same candidates in any order give the same."""
    counting = [one for one in candidates if _counts(one, settings.mode)]
    scores = _scores(question, counting, settings)
    found = sorted(zip(scores, counting, strict=True), key=_best_first)
    if settings.deduplicate:
        copies = Copies(question)
        found = list(islice((pair for pair in found if copies.is_new(pair[1].chunk.text)), top_k))
    return [_hit(rank, *pair) for rank, pair in enumerate(found[:top_k], 1)]


def _counts(one: Candidate, mode: Mode) -> bool:
    """Whether a search found it that was asked for."""
    near, said = one.similarity is not None, one.bm25 is not None
    return {"vector": near, "text": said, "hybrid": near or said}[mode]


def _scores(question: str, candidates: Sequence[Candidate], settings: Settings) -> list[float]:
    """Return 0 to 1 for each: the vectors alone give their cosines, which people know."""
    if settings.mode == "vector":
        return [max(0.0, one.similarity or 0.0) for one in candidates]
    if settings.mode == "text":
        return by_text(candidates)
    said = by_words(candidates, coverage(question, candidates))
    return fused(by_vector(candidates), said, settings.vector_weight)


def _best_first(pair: tuple[float, Candidate]) -> tuple[float, float, float, str, int]:
    """Equal scores are ordered by what each search said, then by place: never by chance."""
    score, one = pair
    similarity, bm25 = one.similarity or 0.0, one.bm25 or 0.0
    return (-score, -similarity, -bm25, one.document_id, one.chunk.ordinal)


def _hit(rank: int, score: float, one: Candidate) -> Hit:
    ordinal = one.chunk.ordinal
    return Hit(rank, score, score, one, one.chunk, (ordinal, ordinal))
