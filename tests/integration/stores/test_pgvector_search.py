"""Indexes and filters: what is approximate is nearly right, and what is filtered is all there."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from passages.chunk import Chunk
from stores.errors import StoreError
from stores.pgvector.indexing import Thresholds
from stores.pgvector.store import PgVectorStore
from stores.port import Copy, Embedded, Filter, Question, Shelf
from tests.integration.stores.conftest import on_postgres
from tests.support.passages import copy, passage
from tests.support.postgres import Postgres

DIMENSIONS, DOCUMENTS, CHUNKS = 24, 100, 200
SHELF = Shelf("search", DIMENSIONS)
# So large a shelf has an index, and no filter leaves so little that it is not used.
ALWAYS = Thresholds(scanned=100_000, compared=0)


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float64]:
    """20,000 directions, in clusters as texts are."""
    random = np.random.default_rng(1)
    centres = random.standard_normal((400, DIMENSIONS))
    picked = centres[random.integers(400, size=DOCUMENTS * CHUNKS)]
    points = picked + 0.5 * random.standard_normal(picked.shape)
    directions: NDArray[np.float64] = points / np.linalg.norm(points, axis=1, keepdims=True)
    return directions


@pytest.fixture(scope="module")
def filled(postgres: Postgres, vectors: NDArray[np.float64]) -> Iterator[Postgres]:
    """All of them on the shelf: document n has `number` n, and each tenth `tens` true."""
    store = on_postgres(postgres, thresholds=Thresholds(scanned=10**12))
    store.prepare(SHELF)
    for number, part in enumerate(np.split(vectors, DOCUMENTS)):
        chunks = [
            Embedded(Chunk(at, f"piston part{at}"), vector)
            for at, vector in enumerate(part.tolist())
        ]
        fields = {"number": number, "tens": number % 10 == 0}
        store.replace(SHELF, Copy(f"d{number:02}", 1, "", "", fields), chunks)
    store.close()
    # The next write finds that the shelf has grown.
    store = on_postgres(postgres, thresholds=ALWAYS)
    store.remove(SHELF, "nobody", 1)
    store.replace(SHELF, Copy("empty", 1, "", ""), [])
    store.close()
    yield postgres
    store.drop(SHELF)
    store.close()


def nearest(
    vectors: NDArray[np.float64], question: NDArray[np.float64], among: list[int]
) -> set[int]:
    """The ten nearest by numpy, out of these documents."""
    places = [at for number in among for at in range(number * CHUNKS, (number + 1) * CHUNKS)]
    order = np.argsort(-(vectors[places] @ question))[:10]
    return {places[int(at)] for at in order}


def recall(
    store: PgVectorStore, vectors: NDArray[np.float64], where: Filter, among: list[int]
) -> float:
    """The share of the ten nearest that are found, over 20 questions."""
    found = 0
    for question in vectors[::1000] + 0.05:
        asked = Question("hybrid", "piston", question.tolist(), limit=10, where=where)
        hits = [one for one in store.find(SHELF, asked) if one.vector_rank]
        assert len(hits) == 10
        places = {int(hit.document_id[1:]) * CHUNKS + hit.chunk.ordinal for hit in hits}
        found += len(places & nearest(vectors, question / np.linalg.norm(question), among))
    return found / 200


def test_the_index_is_there_and_finds_nearly_all(
    filled: Postgres, vectors: NDArray[np.float64]
) -> None:
    told = filled.run("select 1 from pg_indexes where indexname = 'search_nearest'")
    store = on_postgres(filled)
    assert told == [[1]]
    assert recall(store, vectors, {}, list(range(DOCUMENTS))) >= 0.97
    store.close()


def test_a_filter_that_one_percent_pass_finds_them_all(
    filled: Postgres, vectors: NDArray[np.float64]
) -> None:
    store = on_postgres(filled)
    assert recall(store, vectors, {"number": 42}, [42]) == 1
    store.close()


def test_a_filter_that_many_pass_finds_nearly_all(
    filled: Postgres, vectors: NDArray[np.float64]
) -> None:
    store = on_postgres(filled, thresholds=ALWAYS)
    assert recall(store, vectors, {"tens": True}, list(range(0, DOCUMENTS, 10))) >= 0.97
    store.close()


def test_a_filtered_text_search_finds_words_that_everybody_has(filled: Postgres) -> None:
    store = on_postgres(filled)
    asked = Question("text", "piston part7", limit=50, where={"number": 99})
    found = store.find(SHELF, asked)
    assert len(found) == 50
    assert {one.document_id for one in found} == {"d99"}
    assert found[0].chunk.ordinal == 7
    store.close()


@pytest.mark.parametrize("dimensions", [2000, 2001, 4000])
def test_long_vectors(pgvector: PgVectorStore, dimensions: int) -> None:
    shelf = Shelf(f"long_{dimensions}", dimensions)
    pgvector.prepare(shelf)
    for number in range(3):
        vector = [float(at % 3 == number) for at in range(dimensions)]
        pgvector.replace(shelf, copy(f"d{number}"), [passage(0, "text", vector)])
    asked = [float(at % 3 == 1) for at in range(dimensions)]
    first = pgvector.find(shelf, Question("vector", vector=asked))[0]
    assert first.document_id == "d1"
    assert first.similarity == pytest.approx(1, abs=1e-3)
    pgvector.drop(shelf)


def test_longer_vectors_are_refused_before_anything_is_made(pgvector: PgVectorStore) -> None:
    with pytest.raises(StoreError) as told:
        pgvector.prepare(Shelf("longest", 4001))
    assert told.value.code == "too_many_dimensions"
