"""From the candidates of the searches to the hits of one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.fusion import fused
from retrieval.hit import Hit
from stores.port import Candidate, Mode

EVEN = 0.5


@dataclass(frozen=True, slots=True)
class Settings:
    """How a collection is searched.

    `vector_weight` is the share of the vectors in a hybrid search, 0 to 1; None leaves it to each
    question. `neighbours` is how many chunks before and after a hit are read with it.
    """

    mode: Mode = "hybrid"
    vector_weight: float | None = None
    neighbours: int = 0
    deduplicate: bool = True

    def __post_init__(self) -> None:
        """Refuse what no search can mean."""
        if self.vector_weight is not None and not 0 <= self.vector_weight <= 1:
            raise ValueError("vector_weight is a share, from 0 to 1.")
        if self.neighbours < 0:
            raise ValueError("neighbours is a number of chunks, 0 or more.")


def hits(
    question: str, candidates: Sequence[Candidate], settings: Settings, top_k: int
) -> list[Hit]:
    """Return the best `top_k`, the best first; the same candidates in any order give the same."""
    weight = EVEN if settings.vector_weight is None else settings.vector_weight
    scored = [(fused(one, settings.mode, weight), one) for one in candidates]
    found = sorted((pair for pair in scored if pair[0] > 0), key=_best_first)
    return [_hit(rank, *pair) for rank, pair in enumerate(found[:top_k], 1)]


def _best_first(pair: tuple[float, Candidate]) -> tuple[float, float, float, str, int]:
    """Equal scores are ordered by what each search said, then by place: never by chance."""
    score, one = pair
    similarity, bm25 = one.similarity or 0.0, one.bm25 or 0.0
    return (-score, -similarity, -bm25, one.document_id, one.chunk.ordinal)


def _hit(rank: int, score: float, one: Candidate) -> Hit:
    ordinal = one.chunk.ordinal
    return Hit(rank, score, score, one, one.chunk, (ordinal, ordinal))
