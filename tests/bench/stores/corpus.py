"""Documents whose words are as unevenly frequent as real ones, and vectors that lie in clusters."""

import pydoc_data.topics
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from passages.chunk import Chunk
from stores.port import Copy, Embedded

DIMENSIONS = 384
CHUNKS_OF_A_DOCUMENT = 50
_CLUSTERS = 2_000
_SPREAD = 0.7
_WORDS_OF_A_CHUNK = (60, 180)
_WORDS_OF_A_QUESTION = 8
# Frequency falls with the rank as in running English (Zipf and Mandelbrot).
_SHIFT = 2.7
# Real words, and as many made of two of them, so that the rare ones are rare.
_VOCABULARY = 60_000


@dataclass(frozen=True)
class Asked:
    """A question: a vector beside one of the corpus, and words that stand in one chunk."""

    vector: list[float]
    text: str


class Corpus:
    """The same for the same size."""

    def __init__(self, chunks: int) -> None:
        self.chunks = chunks
        self._random = np.random.default_rng(5)
        self._centres = self._random.standard_normal((_CLUSTERS, DIMENSIONS))
        self._told: list[str] = []

    def documents(self) -> Iterator[tuple[Copy, list[Embedded]]]:
        """Yield each document; `share` is a field that one of a hundred documents has."""
        for number in range(self.chunks // CHUNKS_OF_A_DOCUMENT):
            vectors = self._near(self._random.integers(_CLUSTERS, size=CHUNKS_OF_A_DOCUMENT))
            fields = {"percent": number % 100}
            copy = Copy(f"document-{number}", 1, f"Document {number}", f"s3://b/{number}", fields)
            yield copy, [self._chunk(at, vector) for at, vector in enumerate(vectors)]

    def questions(self, count: int, words: int = _WORDS_OF_A_QUESTION) -> list[Asked]:
        """Questions whose words follow each other in some chunk."""
        vectors = self._near(self._random.integers(_CLUSTERS, size=count))
        asked = []
        for vector in vectors:
            chunk = self._told[self._random.integers(len(self._told))].split()
            at = self._random.integers(len(chunk) - words)
            asked.append(Asked(vector.tolist(), " ".join(chunk[at : at + words])))
        return asked

    def _chunk(self, ordinal: int, vector: NDArray[np.float64]) -> Embedded:
        length = int(self._random.integers(*_WORDS_OF_A_CHUNK))
        drawn = self._random.choice(len(self._words), size=length, p=self._shares)
        text = " ".join(self._words[at] for at in drawn)
        self._told.append(text)
        return Embedded(Chunk(ordinal, text, tokens=length), vector.tolist())

    def _near(self, clusters: NDArray[np.int64]) -> NDArray[np.float64]:
        points = self._centres[clusters]
        points = points + _SPREAD * self._random.standard_normal(points.shape)
        return points / np.linalg.norm(points, axis=1, keepdims=True)

    @cached_property
    def _words(self) -> list[str]:
        text = " ".join(pydoc_data.topics.topics.values()).lower()
        real = [word for word, _ in Counter(re.findall(r"[a-z]{2,}", text)).most_common()]
        pairs = self._random.integers(len(real), size=(_VOCABULARY - len(real), 2))
        return real + [real[one] + real[other] for one, other in pairs]

    @cached_property
    def _shares(self) -> NDArray[np.float64]:
        weights = 1 / (np.arange(len(self._words)) + 1 + _SHIFT)
        shares: NDArray[np.float64] = weights / weights.sum()
        return shares
