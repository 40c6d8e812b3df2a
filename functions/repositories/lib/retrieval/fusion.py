"""Two searches become one score: a weighted mean of their scores, each brought to 0 to 1.

Scores say by how much one is better, ranks do not: on the bench, this is better than reciprocal
rank fusion at every weight, as Bruch et al. 2023 found, too.
"""

from collections.abc import Sequence

from stores.port import Candidate

# Cosines of a list that all lie closer together than this are nearly equal, not first and last.
_SPREAD = 0.1


def by_vector(candidates: Sequence[Candidate]) -> list[float]:
    """Return 1 for the nearest, falling to 0 for the last; what is not in the list is no nearer."""
    known = [one.similarity for one in candidates if one.similarity is not None]
    if not known:
        return [0.0] * len(candidates)
    best = max(known)
    spread = max(best - min(known), _SPREAD)
    return [
        0.0 if one.similarity is None else 1 - (best - one.similarity) / spread
        for one in candidates
    ]


def by_text(candidates: Sequence[Candidate]) -> list[float]:
    """Return 1 for the best, and for the others their share of its score."""
    best = max((one.bm25 or 0.0 for one in candidates), default=0.0)
    return [(one.bm25 or 0.0) / best if best > 0 else 0.0 for one in candidates]


def fused(candidates: Sequence[Candidate], vector_weight: float) -> list[float]:
    """Return 0 to 1 for each candidate, in their order; where one search found none, the other's."""
    near, said = by_vector(candidates), by_text(candidates)
    if not any(near):
        return said
    if not any(said):
        return near
    return [
        vector_weight * one + (1 - vector_weight) * other
        for one, other in zip(near, said, strict=True)
    ]
