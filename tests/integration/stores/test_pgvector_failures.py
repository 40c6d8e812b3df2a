"""Clients that die, connections that break, and writers that meet: one true state is left."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from stores.pgvector.connecting import Connection, Prepared, Row
from stores.pgvector.store import PgVectorStore
from stores.port import Question, Shelf, StaleCopyError
from tests.integration.stores.conftest import connecting, on_postgres
from tests.support.passages import copy, passage
from tests.support.postgres import Postgres
from tests.support.shelf_invariants import violations


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


class Mortal:
    """A connection that is gone at its `last` statement, before or after the server did it."""

    def __init__(self, whole: Connection, last: int, after: bool, end: BaseException) -> None:
        self._whole, self._left, self._after, self._end = whole, last, after, end

    def run(self, sql: str, **parameters: object) -> list[Row] | None:
        return self._counted(lambda: self._whole.run(sql, **parameters))

    def prepare(self, sql: str) -> Prepared:
        statement, counted = self._whole.prepare(sql), self._counted

        class Counted:
            def run(self, **parameters: object) -> list[Row] | None:
                return counted(lambda: statement.run(**parameters))

            def close(self) -> None:
                statement.close()

        return Counted()

    def close(self) -> None:
        self._whole.close()

    def _counted[T](self, work: Callable[[], T]) -> T:
        self._left -= 1
        if self._left > 0:
            return work()
        if self._left == 0 and self._after:
            work()
        if self._left == 0:
            self._whole.close()
        raise self._end


@pytest.fixture
def shelf(postgres: Postgres, pgvector: PgVectorStore) -> Iterator[Shelf]:
    made = Shelf("failures", 3)
    pgvector.prepare(made)
    yield made
    pgvector.drop(made)


def held(store: PgVectorStore, shelf: Shelf) -> dict[str, tuple[int, int]]:
    return {one.document_id: (one.generation, count) for one, count in store.copies(shelf)}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("last", range(2, 11))
def test_a_killed_writer_leaves_the_old_state_or_the_new(
    postgres: Postgres, pgvector: PgVectorStore, shelf: Shelf, last: int, after: bool
) -> None:
    pgvector.replace(shelf, copy("d", 1), [passage(0, "piston"), passage(1, "ring")])
    connect = connecting(postgres)
    victim = PgVectorStore(lambda: Mortal(connect(), last, after, Killed()))
    with pytest.raises(Killed):
        victim.replace(shelf, copy("d", 2), [passage(0, "piston clutch")])
        victim.remove(shelf, "d", 3)
    assert violations(postgres, shelf) == {}
    assert held(pgvector, shelf) in ({"d": (1, 2)}, {"d": (2, 1)}, {})
    pgvector.replace(shelf, copy("d", 4), [passage(0, "gearbox")])
    assert held(pgvector, shelf) == {"d": (4, 1)}


@pytest.mark.parametrize("last", range(1, 9))
def test_a_broken_connection_is_replaced_and_the_work_done_again(
    postgres: Postgres, shelf: Shelf, last: int
) -> None:
    connect, broken = connecting(postgres), []

    def once_broken() -> Connection:
        broken.append(connect())
        return Mortal(broken[0], last, False, OSError()) if len(broken) == 1 else broken[-1]

    store = PgVectorStore(once_broken)
    store.replace(shelf, copy("d", 2), [passage(0, "piston")])
    store.replace(shelf, copy("e", 1), [passage(0, "ring")])
    assert held(store, shelf) == {"d": (2, 1), "e": (1, 1)}
    assert violations(postgres, shelf) == {}
    store.close()


def test_a_connection_that_the_server_ended_is_replaced(
    postgres: Postgres, pgvector: PgVectorStore, shelf: Shelf
) -> None:
    pgvector.replace(shelf, copy("d"), [passage(0, "piston")])
    postgres.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lisa'"
    )
    assert len(pgvector.find(shelf, Question("text", "piston"))) == 1


def test_writers_of_one_document_end_with_its_latest_state(
    postgres: Postgres, pgvector: PgVectorStore, shelf: Shelf
) -> None:
    def write(first: int) -> None:
        store = on_postgres(postgres)
        for generation in range(first, 40, 4):
            chunks = [passage(n, f"piston g{generation}") for n in range(generation % 3 + 1)]
            try:
                store.replace(shelf, copy("d", generation), chunks)
            except StaleCopyError:
                continue
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, (1, 2, 3, 4)))
    assert held(pgvector, shelf) == {"d": (39, 1)}
    assert violations(postgres, shelf) == {}


def write_three(postgres: Postgres, shelf: Shelf, first: int) -> None:
    """Eight states of three documents; other writers have some of them too."""
    store = on_postgres(postgres)
    for generation in range(1, 9):
        for number in range(first, first + 3):
            chunks = [passage(n, f"piston g{generation}") for n in range(4)]
            try:
                store.replace(shelf, copy(f"d{number}", generation), chunks)
            except StaleCopyError:
                continue
    store.close()


def read_until(done: threading.Event, postgres: Postgres, shelf: Shelf) -> int:
    """How often whole states were seen; fails when half a one was."""
    store, seen = on_postgres(postgres), 0
    while not done.is_set():
        states: dict[str, list[str]] = {}
        for one in store.find(shelf, Question("hybrid", "piston", (1, 0, 0))):
            states.setdefault(one.document_id, []).append(one.chunk.text)
        assert all(len(texts) == 4 and len(set(texts)) == 1 for texts in states.values())
        seen += 1
    store.close()
    return seen


def test_readers_see_whole_states_while_writers_of_many_documents_meet(
    postgres: Postgres, pgvector: PgVectorStore, shelf: Shelf
) -> None:
    done = threading.Event()
    with ThreadPoolExecutor(5) as pool:
        reading = pool.submit(read_until, done, postgres, shelf)
        list(pool.map(lambda first: write_three(postgres, shelf, first), (0, 1, 2, 3)))
        done.set()
        assert reading.result() > 0
    assert held(pgvector, shelf) == {f"d{number}": (8, 4) for number in range(6)}
    assert violations(postgres, shelf) == {}


def test_a_new_database_is_prepared_by_many_at_once(postgres: Postgres, database: str) -> None:
    def prepare(number: int) -> None:
        store = on_postgres(postgres, database)
        store.prepare(Shelf(f"shelf_{number % 3}", 3))
        store.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(prepare, range(12)))
    assert postgres.run("select count(*) from lisa.shelves", database) == [[3]]
