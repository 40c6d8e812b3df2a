"""Any history of writes leaves every store where the one in memory is."""

import random

import pytest

from stores.pgvector.store import PgVectorStore
from stores.port import Copy, Embedded, Question, Shelf, StaleCopyError, VectorStore
from tests.integration.stores.conftest import STORES
from tests.support.in_memory_store import InMemoryStore
from tests.support.passages import passage

WORDS = ["piston", "ring", "rod", "valve", "clutch", "gear", "oil", "pump"]


def chunks(dice: random.Random) -> list[Embedded]:
    return [
        passage(n, " ".join(dice.choices(WORDS, k=dice.randint(1, 12))), vector(dice))
        for n in range(dice.randint(0, 4))
    ]


def vector(dice: random.Random) -> tuple[float, float, float]:
    return (dice.uniform(-1, 1), dice.uniform(-1, 1), dice.uniform(0.1, 1))


def step(store: VectorStore, shelf: Shelf, seed: str) -> bool:
    """One write out of a seed; whether it was refused as late."""
    dice = random.Random(seed)
    document_id, generation = f"d{dice.randint(0, 3)}", dice.randint(1, 6)
    fields = {"team": dice.choice(["red", "blue"])}
    try:
        if dice.random() < 0.3:
            store.remove(shelf, document_id, generation)
        else:
            title = dice.choice(WORDS)
            store.replace(shelf, Copy(document_id, generation, title, "s", fields), chunks(dice))
    except StaleCopyError:
        return True
    return False


type Answer = tuple[list[tuple[str, int, int]], dict[tuple[str, int, str, str], float]]


def answer(store: VectorStore, shelf: Shelf, seed: str) -> Answer:
    """What the store holds, and what a question finds with its scores.

    Ranks are left out: equal scores have no order.
    """
    dice = random.Random(seed)
    text, where = " ".join(dice.choices(WORDS, k=2)), {"team": "red"} if dice.random() < 0.5 else {}
    scores = {}
    for one in store.find(shelf, Question("hybrid", text, vector(dice), where=where)):
        key = one.document_id, one.chunk.ordinal, one.chunk.text
        scores[(*key, "similarity")] = one.similarity or 0.0
        scores[(*key, "bm25")] = one.bm25 or 0.0
    return sorted((copy.document_id, copy.generation, n) for copy, n in store.copies(shelf)), scores


@pytest.fixture
def shelf(store: VectorStore) -> Shelf:
    return Shelf("histories", 3, "simple")


@pytest.mark.parametrize("history", range(6))
def test_histories(store: VectorStore, shelf: Shelf, history: int) -> None:
    model = InMemoryStore()
    store.drop(shelf)
    for one in (model, store):
        one.prepare(shelf)
    for number in range(25):
        seed = f"{history}-{number}"
        assert step(store, shelf, seed) == step(model, shelf, seed)
        if number % 4 == 0:
            (held, scores), (known, wanted) = (answer(one, shelf, seed) for one in (store, model))
            assert held == known
            # Lucene counts deleted rows until it merges, and Serverless while it shows them.
            exact = isinstance(store, InMemoryStore | PgVectorStore)
            assert scores == pytest.approx(wanted, abs=1e-4 if exact else 1.0)
            assert scores.keys() == wanted.keys()
    store.drop(shelf)


def test_all_stores_are_asked() -> None:
    assert {"memory", "pgvector", "managed", "serverless"} <= set(STORES)
