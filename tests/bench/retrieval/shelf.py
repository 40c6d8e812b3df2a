"""A collection in memory that answers as a store does: exact cosines, and BM25."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from stores.port import Candidate
from tests.bench.retrieval.lexical import Bm25
from tests.bench.retrieval.minilm import Matrix
from tests.bench.retrieval.sets import Query, RetrievalSet
from tests.bench.retrieval.vectors import VectorCache
from tests.bench.retrieval.windows import windows

type _Place = tuple[int, float]

LIMIT = 50


class BenchShelf:
    """All chunks of a set, with their vectors and their words."""

    def __init__(self, made: RetrievalSet, vectors: VectorCache) -> None:
        self._chunks = [(one, chunk) for one in made.sections.values() for chunk in windows(one)]
        texts = [chunk.embedded(section.title) for section, chunk in self._chunks]
        self._cache = vectors
        self._vectors = vectors.of(texts)
        self._bm25 = Bm25(texts)

    def __len__(self) -> int:
        """The number of chunks."""
        return len(self._chunks)

    def candidates(self, queries: Sequence[Query]) -> list[list[Candidate]]:
        """Return what a store would find for each question."""
        asked = self._cache.of([query.text for query in queries])
        return [self._found(query.text, row) for query, row in zip(queries, asked, strict=True)]

    def _found(self, question: str, vector: Matrix) -> list[Candidate]:
        by_vector = _best(self._vectors @ vector, -1)
        by_text = _best(self._bm25.scores(question), 0)
        places = sorted(by_vector.keys() | by_text.keys())
        return [self._candidate(one, by_vector.get(one), by_text.get(one)) for one in places]

    def _candidate(self, place: int, near: _Place | None, said: _Place | None) -> Candidate:
        section, chunk = self._chunks[place]
        return Candidate(
            document_id=section.key,
            title=section.title,
            source=section.key,
            metadata={},
            chunk=chunk,
            similarity=near and near[1],
            vector_rank=near and near[0],
            bm25=said and said[1],
            text_rank=said and said[0],
        )


def _best(scores: npt.NDArray[np.floating[Any]], above: float) -> dict[int, _Place]:
    """Return rank and score of the best places, by place; equal scores by place."""
    order = np.lexsort((np.arange(len(scores)), -scores))[:LIMIT]
    return {
        int(place): (rank, float(scores[place]))
        for rank, place in enumerate(order, 1)
        if scores[place] > above
    }
