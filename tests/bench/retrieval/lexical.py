"""BM25 over chunks, by the same formula as the stores' (k1 1.2, b 0.75), with numpy."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retrieval.english import STOP_WORDS

_K1, _B = 1.2, 0.75
_WORD = re.compile(r"[^\W_]+")
# PostgreSQL's configuration `english` stems with Snowball; these endings are most of what it cuts.
_ENDINGS = ("ingly", "edly", "ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "ly", "s")
_SHORTEST = 3


def stems(text: str) -> list[str]:
    """Return the words that count, stemmed."""
    words = (word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS)
    return [_stem(word) for word in words]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return word


class Bm25:
    """An index of texts, by their place in the list."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [Counter(stems(text)) for text in texts]
        lengths = np.array([sum(bag.values()) for bag in bags], np.float64)
        self._norms = _K1 * (1 - _B + _B * lengths / lengths.mean())
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, bag in enumerate(bags):
            for word, count in bag.items():
                self._postings[word].append((place, count))

    def scores(self, question: str) -> npt.NDArray[np.float64]:
        """Return the score of every text; 0 for one without any of the words."""
        scores = np.zeros(len(self._norms))
        for word in set(stems(question)):
            found = self._postings.get(word)
            if found:
                places, counts = np.array(found).T
                scores[places] += self._idf(len(found)) * (
                    counts * (_K1 + 1) / (counts + self._norms[places])
                )
        return scores

    def _idf(self, texts: int) -> float:
        total = len(self._norms)
        return math.log(1 + (total - texts + 0.5) / (texts + 0.5))
