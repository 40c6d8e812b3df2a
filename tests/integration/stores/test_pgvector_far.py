"""A filter that leaves only what is far from the question, where no walk through an index goes."""

import random
from collections.abc import Iterator

import pytest

from passages.chunk import Chunk
from stores.pgvector.connecting import Connection, Prepared, Row
from stores.pgvector.indexing import Thresholds
from stores.pgvector.store import PgVectorStore
from stores.port import Copy, Embedded, Question, Shelf
from tests.integration.stores.conftest import connecting
from tests.support.postgres import Postgres

SHELF = Shelf("far", 8)
NEAR, FAR = 40, 4
ALWAYS = Thresholds(scanned=1_000, compared=0)


class ShortWalk:
    """A connection on which a walk through an index ends early, as in a shelf of millions."""

    def __init__(self, whole: Connection) -> None:
        self._whole, self._settled = whole, False

    def run(self, sql: str, **parameters: object) -> list[Row] | None:
        rows = self._whole.run(sql, **parameters)
        if not self._settled:
            self._settled = True
            self._whole.run("set hnsw.max_scan_tuples = 200")
            self._whole.run("set hnsw.ef_search = 40")
        return rows

    def prepare(self, sql: str) -> Prepared:
        return self._whole.prepare(sql)

    def close(self) -> None:
        self._whole.close()


def around(dice: random.Random, place: float) -> list[float]:
    return [place, *(dice.gauss(0, 0.1) for _ in range(7))]


@pytest.fixture
def store(postgres: Postgres) -> Iterator[PgVectorStore]:
    """Forty documents near the question and four opposite to it, of 100 chunks each."""
    connect, dice = connecting(postgres), random.Random(1)
    made = PgVectorStore(lambda: ShortWalk(connect()), ALWAYS)
    made.prepare(SHELF)
    for number in range(NEAR + FAR):
        place = 1.0 if number < NEAR else -1.0
        chunks = [Embedded(Chunk(at, "piston"), around(dice, place)) for at in range(100)]
        fields = {"far": number >= NEAR, "number": number}
        made.replace(SHELF, Copy(f"d{number}", 1, "", "", fields), chunks)
    yield made
    made.drop(SHELF)
    made.close()


def test_what_a_filter_leaves_is_found_however_far_it_is(store: PgVectorStore) -> None:
    question = [1.0, *[0.0] * 7]
    for where, there in (({"far": True}, 400), ({"number": 43}, 100), ({"number": 99}, 0)):
        found = store.find(SHELF, Question("hybrid", "piston", question, 50, where))
        near = {one.vector_rank: one.similarity or 0 for one in found if one.vector_rank}
        assert sorted(near) == list(range(1, min(50, there) + 1))
        assert all(-1 <= similarity < -0.8 for similarity in near.values())


def test_without_a_filter_the_nearest_are_found(store: PgVectorStore) -> None:
    found = store.find(SHELF, Question("vector", vector=[1.0, *[0.0] * 7], limit=50))
    assert len(found) == 50
    assert all(one.similarity is not None and one.similarity > 0.9 for one in found)
