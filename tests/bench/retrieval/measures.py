"""Measures of one relevant section among ranked ones, and how sure a difference is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DEPTH = 10
_DRAWS = 5000

type Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """As tables show it."""
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def recall(rank: int | None, at: int = 5) -> float:
    """1 when the one relevant section is among the first `at`."""
    return float(rank is not None and rank <= at)


def reciprocal_rank(rank: int | None) -> float:
    """1 / rank among the first ten, else 0."""
    return 1 / rank if rank is not None and rank <= DEPTH else 0.0


def ndcg(rank: int | None) -> float:
    """With one relevant section the ideal is 1, so this is the discount of its rank alone."""
    return 1 / math.log2(rank + 1) if rank is not None and rank <= DEPTH else 0.0


MEASURES = {"recall@5": recall, "MRR@10": reciprocal_rank, "nDCG@10": ndcg}


def interval(values: Sequence[float], seed: int = 5) -> Interval:
    """Return mean and 95 % bootstrap interval; of paired differences, it is the paired one."""
    array = np.asarray(values, np.float64)
    draws = np.random.default_rng(seed).integers(0, len(array), (_DRAWS, len(array)))
    means: Values = array[draws].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(array.mean()), float(low), float(high))
