"""How many of a question's words a text holds: what BM25 does not tell of one that it left out."""

from collections.abc import Iterable, Sequence

from retrieval.english import STOP_WORDS
from retrieval.words import words
from stores.port import Candidate

# So much of a word is its stem, near enough in every language that has endings.
_STEM = 5


def content_words(question: str) -> list[str]:
    """Return the words that say what it is about; all of them, where none does."""
    every = words(question)
    return [word for word in every if word not in STOP_WORDS] or every


def coverage(question: str, candidates: Sequence[Candidate]) -> list[float]:
    """Return for each candidate the share of the question's words that it holds, 0 to 1."""
    asked = _stems(content_words(question))
    if not asked:
        return [0.0] * len(candidates)
    return [
        len(asked & _stems(words(one.chunk.embedded(one.title)))) / len(asked) for one in candidates
    ]


def _stems(every: Iterable[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in every)
