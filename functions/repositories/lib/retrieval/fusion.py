"""Two searches become one score: weighted reciprocal rank."""

from stores.port import Candidate, Mode

# Ranks below about this one still count, though less and less (Cormack et al. 2009 took 60, for
# many lists; with two lists of 50 a smaller one was measured to be better).
SMOOTHING = 10


def fused(candidate: Candidate, mode: Mode, vector_weight: float) -> float:
    """Return 0 to 1: 1 is the first of both searches, 0 is found by neither that counts."""
    weight = {"vector": 1.0, "text": 0.0, "hybrid": vector_weight}[mode]
    by_vector = _reciprocal(candidate.vector_rank)
    by_text = _reciprocal(candidate.text_rank)
    return weight * by_vector + (1 - weight) * by_text


def _reciprocal(rank: int | None) -> float:
    """1 for the first, falling to 0; 0 for one that is not in the list."""
    return 0.0 if rank is None else (SMOOTHING + 1) / (SMOOTHING + rank)
