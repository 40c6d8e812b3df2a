"""A model has read question and passages: what it says goes before what the searches said."""

import math
from collections.abc import Sequence
from dataclasses import replace

from retrieval.hit import Hit

FEWEST, MOST = 20, 50


def needed(top_k: int) -> int:
    """Return for how many hits the model is to be asked, so that the best `top_k` are among them.

    Each costs the model's time, and what the searches put far down is rarely the answer.
    """
    return max(top_k, min(MOST, max(FEWEST, 3 * top_k)))


def reranked(hits: Sequence[Hit], scores: Sequence[float], top_k: int) -> list[Hit]:
    """Return the best `top_k` by the model's scores, one for each of `hits`, in their order.

    Scores between 0 and 1 are taken as they are; others are logits. Equal ones keep their order.
    """
    if len(scores) != len(hits):
        raise ValueError(f"The model gave {len(scores)} scores for {len(hits)} passages.")
    if not all(math.isfinite(score) for score in scores):
        raise ValueError("The model gave a score that is no number.")
    shares = (
        list(scores) if all(0 <= one <= 1 for one in scores) else [_logistic(x) for x in scores]
    )
    pairs = sorted(zip(shares, hits, strict=True), key=lambda pair: (-pair[0], pair[1].rank))
    return [
        replace(hit, rank=rank, score=share, rerank=share)
        for rank, (share, hit) in enumerate(pairs[:top_k], 1)
    ]


def _logistic(logit: float) -> float:
    return 0.5 * (1 + math.tanh(logit / 2))
