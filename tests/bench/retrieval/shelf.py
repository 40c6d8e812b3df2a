"""A set in a store, read, cut and indexed as a new collection's documents are."""

from collections.abc import Sequence

from chunking import Strategy, cut, fitted
from parsing.reading import parse
from passages.chunk import Chunk
from stores.port import Candidate, Copy, Embedded, Question, Shelf, VectorStore
from tests.bench.retrieval.minilm import DIMENSIONS
from tests.bench.retrieval.sets import Query, RetrievalSet, Section
from tests.bench.retrieval.vectors import VectorCache

LIMIT = 50


class BenchShelf:
    """All chunks of a set; the store keeps them on a shelf named `name`."""

    def __init__(
        self, made: RetrievalSet, vectors: VectorCache, store: VectorStore, name: str = "bench"
    ) -> None:
        self._cache = vectors
        self._store = store
        self._shelf = Shelf(name, DIMENSIONS)
        self._chunks = 0
        store.prepare(self._shelf)
        sections = list(made.sections.values())
        self._index([(section, chunk) for section in sections for chunk in self._cut(section)])

    def __len__(self) -> int:
        """The number of chunks."""
        return self._chunks

    def candidates(self, queries: Sequence[Query]) -> list[list[Candidate]]:
        """Return what the store finds for each question."""
        rows = self._cache.of([query.text for query in queries]).tolist()
        pairs = zip(queries, rows, strict=True)
        return [
            self._store.find(self._shelf, Question("hybrid", query.text, row, LIMIT))
            for query, row in pairs
        ]

    def _cut(self, section: Section) -> list[Chunk]:
        document = parse("section.txt", section.text.encode())
        return cut(document, Strategy(), fitted(document.text(), self._cache.weigh))

    def _index(self, cut_up: Sequence[tuple[Section, Chunk]]) -> None:
        rows = self._cache.of([chunk.embedded(section.title) for section, chunk in cut_up])
        by_section: dict[str, list[Embedded]] = {}
        titles = {section.key: section.title for section, _ in cut_up}
        for (section, chunk), row in zip(cut_up, rows, strict=True):
            by_section.setdefault(section.key, []).append(Embedded(chunk, row.tolist()))
        for key, embedded in by_section.items():
            self._store.replace(self._shelf, Copy(key, 1, titles[key], key), embedded)
        self._chunks = len(cut_up)
