"""Two searches become one score: a weighted mean of their scores, each brought to 0 to 1.

Scores say by how much one is better, ranks do not: on the bench this is better than reciprocal
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


def by_words(candidates: Sequence[Candidate], covered: Sequence[float]) -> list[float]:
    """Return the mean of BM25's share and of the words covered.

    So a text that the words' search left out of its list is not taken for one without the words.
    """
    pairs = zip(by_text(candidates), covered, strict=True)
    return [(share + held) / 2 for share, held in pairs]


def fused(near: Sequence[float], said: Sequence[float], vector_weight: float) -> list[float]:
    """Return 0 to 1 for each; where one search found nothing at all, the other's."""
    if not any(near):
        return list(said)
    if not any(said):
        return list(near)
    pairs = zip(near, said, strict=True)
    return [vector_weight * one + (1 - vector_weight) * other for one, other in pairs]
