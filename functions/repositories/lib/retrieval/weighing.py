"""How much the vectors are to say about one question: chosen by what they and the words found.

Vectors know what is meant, words know how it is spelt. A question of many words, or one whose
words the best texts do not hold (misspelt, another language), is the vectors'; a short one whose
words all stand in one text is the words'. That decides, not whether it is put as a question.
"""

import math
import re
from collections.abc import Iterable, Sequence

from retrieval.english import STOP_WORDS
from retrieval.words import words
from stores.port import Candidate

FEATURES = ("always", "length", "covered", "text lead", "vector lead", "agreement", "code")
# Fitted by `python -m tests.bench.retrieval.tuning`, which says with what.
COEFFICIENTS = (1.5, 1.0, -2.0, 0.0, 0.0, 0.0, 0.0)

_LONG = 8  # content words; more say nothing more
_FIRST = 3
_AGREEING = 10
# So much of a word is its stem, near enough in every language that has endings.
_STEM = 5
_CODE = re.compile(r"\w_\w|[a-z][A-Z]|\w\.\w|\(\)|\d|[A-Z]{2}|^-{1,2}\w|[\\/]\w")


def vector_weight(question: str, candidates: Sequence[Candidate]) -> float:
    """Return 0 to 1, the share of the vectors."""
    pairs = zip(COEFFICIENTS, features(question, candidates), strict=True)
    return 1 / (1 + math.exp(-sum(coefficient * value for coefficient, value in pairs)))


def features(question: str, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """Return what the weight depends on, each 0 to 1, in the order of FEATURES."""
    content = _content(question)
    by_text = sorted((one for one in candidates if one.text_rank), key=lambda c: c.text_rank or 0)
    by_vector = sorted(
        (one for one in candidates if one.vector_rank), key=lambda c: c.vector_rank or 0
    )
    return (
        1.0,
        min(1.0, len(content) / _LONG),
        max((_covered(content, one) for one in by_text[:_FIRST]), default=0.0),
        _lead([(one.document_id, one.bm25 or 0.0) for one in by_text], 0.0),
        _lead([(one.document_id, one.similarity or 0.0) for one in by_vector], _lowest(by_vector)),
        _agreement(by_text[:_AGREEING], by_vector[:_AGREEING]),
        _code(question.split()),
    )


def _content(question: str) -> list[str]:
    every = words(question)
    return [word for word in every if word not in STOP_WORDS] or every


def _covered(content: Sequence[str], one: Candidate) -> float:
    """The share of the question's words that a text holds."""
    held = _stems(words(one.chunk.embedded(one.title)))
    return sum(word[:_STEM] in held for word in content) / len(content) if content else 0.0


def _stems(every: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in every)


def _lowest(found: Sequence[Candidate]) -> float:
    return min((one.similarity or 0.0 for one in found), default=0.0)


def _lead(scored: Sequence[tuple[str, float]], lowest: float) -> float:
    """By how much the first leads the best of another document, as a share of all there is."""
    if not scored:
        return 0.0
    document, first = scored[0]
    second = next((score for other, score in scored if other != document), lowest)
    return (first - second) / (first - lowest) if first > lowest else 0.0


def _agreement(some: Iterable[Candidate], others: Iterable[Candidate]) -> float:
    """The share of the first of one search that are among the first of the other."""
    one, other = ({(c.document_id, c.chunk.ordinal) for c in found} for found in (some, others))
    return len(one & other) / max(1, min(len(one), len(other)))


def _code(tokens: Sequence[str]) -> float:
    """The share of what looks like a name of a program, not of a language."""
    return sum(bool(_CODE.search(token)) for token in tokens) / max(1, len(tokens))
