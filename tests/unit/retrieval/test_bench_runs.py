"""The bench from texts to a verdict, with a model of two dimensions instead of MiniLM."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.bench.retrieval.docstrings import docstring_set
from tests.bench.retrieval.evaluation import ALL, Asked, asked, kinds, promises, table
from tests.bench.retrieval.minilm import DIMENSIONS, Matrix
from tests.bench.retrieval.sets import Query, RetrievalSet
from tests.bench.retrieval.shelf import BenchShelf
from tests.bench.retrieval.vectors import VectorCache
from tests.support.in_memory_store import InMemoryStore


class CountingModel:
    """A vector tells how long a text is, and how often it says `cat`."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Matrix:
        self.texts += texts
        made = np.zeros((len(texts), DIMENSIONS), np.float32)
        made[:, 0] = [len(text) for text in texts]
        made[:, 1] = [1000 * text.lower().count("cat") for text in texts]
        scaled: Matrix = made / np.linalg.norm(made, axis=1, keepdims=True)
        return scaled

    def weigh(self, texts: Sequence[str]) -> int:
        return sum(len(text.split()) for text in texts)


def small_set() -> RetrievalSet:
    made = RetrievalSet()
    cats = made.add("zoo", "Cats", "A cat sleeps, and a cat eats. " * 5)
    made.add("zoo", "Dogs", "The dog barks at whoever comes by. " * 5)
    assert cats
    made.queries = [Query("question", "which cat sleeps?", cats), Query("keyword", "cat", cats)]
    return made


def test_a_text_is_embedded_once(tmp_path: Path) -> None:
    model = CountingModel()
    first = VectorCache(tmp_path, model).of(["a", "cat", "a"])
    again = VectorCache(tmp_path, model).of(["cat", "b"])
    assert sorted(model.texts) == ["a", "b", "cat"]
    assert np.array_equal(first[1], again[0])


def test_a_shelf_finds_by_both_searches(tmp_path: Path) -> None:
    made = small_set()
    shelf = BenchShelf(made, VectorCache(tmp_path, CountingModel()), InMemoryStore())
    (found, _) = shelf.candidates(made.queries)
    ranks = {one.title: (one.vector_rank, one.text_rank) for one in found}
    assert ranks == {"Cats": (1, 1), "Dogs": (2, None)}
    assert asked(made.queries[0], found).ranks == {
        "text": 1, "vector": 1, "hybrid": 1
    }  # fmt: skip


def outcome(kind: str, text: int | None, vector: int | None, hybrid: int | None) -> Asked:
    ranks = {"text": text, "vector": vector, "hybrid": hybrid}
    return Asked(Query(kind, "?", "x"), ranks)


def test_promises_are_kept_or_missed() -> None:
    better = [outcome("question", 3, 1, 1), outcome("keyword", 1, 3, 1)] * 20
    assert all(promise.kept for promise in promises(better))
    worse = [outcome("question", 3, 1, 2), outcome("keyword", 1, 3, 1)] * 20
    kept = {promise.text.split(" =")[0]: promise.kept for promise in promises(worse)}
    assert not kept["question: hybrid - vector"]
    assert kept["question: hybrid - text"]
    assert kept["keyword: hybrid - vector"]


def test_the_table_shows_each_kind_and_all() -> None:
    some = [outcome("question", None, 1, 1), outcome("keyword", 1, None, 1)]
    lines = list(table(some))
    assert list(kinds(some)) == ["question", "keyword", ALL]
    assert sum(line.startswith("  hybrid") for line in lines) == 3
    assert "1.000 [1.000, 1.000]" in lines[-1]


def test_the_docstrings_hold_no_question_that_is_asked_of_them() -> None:
    made = docstring_set()
    summaries = [query for query in made.queries if query.kind == "summary"]
    assert len(made.sections) > 1000
    assert len(summaries) == 200
    for query in summaries:
        text = " ".join(made.sections[query.target].text.split())
        assert query.text.lower() not in text.lower()
