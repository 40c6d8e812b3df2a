"""A connection that outlives what is changed behind it: passwords, tables, other transactions."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stores.addresses import PostgresAddress
from stores.errors import StoreError, StoreUnavailableError
from stores.pgvector.connecting import connector
from stores.pgvector.session import Run, Session
from stores.pgvector.store import PgVectorStore
from stores.port import Question, Shelf
from tests.integration.stores.conftest import connecting, on_postgres
from tests.support.passages import copy, passage
from tests.support.postgres import Postgres

SHELF = Shelf("session", 3)
PISTON = Question("hybrid", "piston", (1.0, 0.0, 0.0))
CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = '{}'"


@pytest.fixture
def session(postgres: Postgres) -> Iterator[Session]:
    made = Session(connecting(postgres))
    yield made
    made.close()


class Meeting:
    """Work that others get in the way of, so many times."""

    def __init__(self, state: str, times: int) -> None:
        self._statement = f"do $$ begin raise exception using errcode = '{state}'; end $$"
        self._times, self.done = times, 0

    def __call__(self, run: Run) -> list[list[object]]:
        self.done += 1
        if self.done <= self._times:
            run(self._statement)
        return run("select 7")


@pytest.mark.parametrize("state", ["40001", "40P01", "57P01", "53300", "25P03"])
def test_work_that_others_got_in_the_way_of_is_done_again(session: Session, state: str) -> None:
    work = Meeting(state, 2)
    assert session.write(work) == [[7]]
    assert work.done == 3


@pytest.mark.parametrize(
    ("state", "code"), [("40001", "store_busy"), ("57P01", "store_unavailable")]
)
def test_work_that_others_always_get_in_the_way_of_is_given_up(
    session: Session, state: str, code: str
) -> None:
    work = Meeting(state, 99)
    with pytest.raises(StoreUnavailableError) as told:
        session.write(work)
    assert (told.value.code, work.done) == (code, 4)
    assert session.read("select 1") == [[1]]


def test_what_the_server_refuses_is_not_asked_twice_nor_quoted(session: Session) -> None:
    work = Meeting("22023", 1)
    with pytest.raises(StoreError, match="SQLSTATE 22023") as told:
        session.write(work)
    assert (told.value.code, work.done) == ("store_refused", 1)
    with pytest.raises(StoreError) as quoting:
        session.read("select cast(:it as int)", it="a secret")
    assert "secret" not in str(quoting.value)


def test_a_statement_that_takes_too_long_is_ended_by_the_server(session: Session) -> None:
    with pytest.raises(StoreUnavailableError) as told:
        session.write(lambda run: run("select pg_sleep(30)"), seconds=1)
    assert told.value.code == "store_slow"
    # Only that transaction had so little time, and what it began is undone.
    assert session.read("show statement_timeout") == [["20s"]]


def test_a_new_password_is_asked_for_with_the_next_connection(
    postgres: Postgres, pgvector: PgVectorStore
) -> None:
    pgvector.prepare(SHELF)
    pgvector.replace(SHELF, copy("d"), [passage(0, "piston")])
    postgres.run("create role keeper superuser login password 'old'")
    secrets = ["old"]
    address = PostgresAddress(postgres.host, "lisa", "keeper", postgres.port, tls="off")
    store = PgVectorStore(connector(address, lambda: secrets[-1]))
    assert len(store.find(SHELF, PISTON)) == 1
    postgres.run("alter role keeper password 'new'")
    secrets.append("new")
    assert len(store.find(SHELF, PISTON)) == 1
    postgres.run(CUT.format("keeper"))
    assert len(store.find(SHELF, PISTON)) == 1
    store.close()
    postgres.run("drop role keeper")
    pgvector.drop(SHELF)


def test_a_function_of_before_goes_on_after_a_migration(postgres: Postgres, database: str) -> None:
    before = on_postgres(postgres, database)
    before.prepare(SHELF)
    before.replace(SHELF, copy("d"), [passage(0, "piston")])
    assert len(before.find(SHELF, PISTON)) == 1
    postgres.run("alter table lisa.session_chunks alter column tokens type bigint", database)
    assert len(before.find(SHELF, PISTON)) == 1
    before.replace(SHELF, copy("d", 2), [passage(0, "clutch")])
    assert before.find(SHELF, replace(PISTON, mode="text")) == []
    before.close()


def test_a_function_of_before_takes_no_migration_back(postgres: Postgres, database: str) -> None:
    store = on_postgres(postgres, database)
    store.prepare(SHELF)
    postgres.run("update lisa.version set migrations = 9", database)
    postgres.run("update lisa.shelves set version = 9", database)
    store.prepare(SHELF)
    store.close()
    assert postgres.run("select migrations from lisa.version", database) == [[9]]
    assert postgres.run("select version from lisa.shelves", database) == [[9]]
