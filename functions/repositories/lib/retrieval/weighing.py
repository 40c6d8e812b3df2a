"""How much the vectors are to say about one question: chosen by what both searches found.

Vectors know what is meant, words know how it is spelt. A short question with one text that leads
the words' list by far is the words'; a long one, or one where the vectors see a clear first, is
the vectors'. Whether it is put as a question does not matter.
"""

import math
from collections.abc import Sequence

from retrieval.coverage import content_words
from stores.port import Candidate

FEATURES = ("always", "length", "text lead", "vector lead")
# Fitted by `python -m tests.bench.retrieval.tuning --distractors 0`, which says to what.
COEFFICIENTS = (-1.19, 1.71, -1.97, 1.40)

_LONG = 8  # content words; more say nothing more
_FIRST = 3
# Where the words' best texts hold less of the question than this, it is misspelt or in another
# language, and what little they hold is chance.
_UNDERSTOOD = 0.5


def vector_weight(
    question: str, candidates: Sequence[Candidate], covered: Sequence[float]
) -> float:
    """Return 0 to 1, the share of the vectors; `covered` as `coverage` returns it."""
    pairs = zip(COEFFICIENTS, features(question, candidates), strict=True)
    fitted = 1 / (1 + math.exp(-sum(coefficient * value for coefficient, value in pairs)))
    first = [held for one, held in zip(candidates, covered, strict=True) if _leads(one.text_rank)]
    understood = min(1.0, max(first, default=0.0) / _UNDERSTOOD)
    return 1 - (1 - fitted) * understood


def features(question: str, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """Return what the weight depends on, each 0 to 1, in the order of FEATURES."""
    near = [(one.similarity, one.document_id) for one in candidates if one.similarity is not None]
    said = [(one.bm25, one.document_id) for one in candidates if one.bm25 is not None]
    lowest = min(near, default=(0.0, ""))[0]
    length = min(1.0, len(content_words(question)) / _LONG)
    return 1.0, length, _lead(said, 0.0), _lead(near, lowest)


def _leads(rank: int | None) -> bool:
    return rank is not None and rank <= _FIRST


def _lead(scored: Sequence[tuple[float, str]], lowest: float) -> float:
    """By how much the first leads the best of another document, as a share of all there is."""
    first, document = max(scored, default=(lowest, ""))
    second = max((score for score, other in scored if other != document), default=lowest)
    return (first - second) / (first - lowest) if first > lowest else 0.0
