"""What a person is told when a database cannot be used."""

from dataclasses import replace
from pathlib import Path

import pytest

from stores.addresses import PostgresAddress, Tls
from stores.errors import (
    ShelfDiffersError,
    ShelfMissingError,
    StoreError,
    StoreUnavailableError,
    VectorDiffersError,
)
from stores.pgvector.connecting import connector
from stores.pgvector.store import PgVectorStore
from stores.port import Question, Shelf
from tests.support.passages import copy, passage
from tests.support.postgres import Postgres, free_port
from tests.support.tls_front import certificate, fronted

SHELF = Shelf("addresses", 3)


def refusal(address: PostgresAddress, password: str) -> StoreError:
    store = PgVectorStore(connector(address, lambda: password))
    with pytest.raises(StoreError) as told:
        store.prepare(SHELF)
    store.close()
    assert told.value.message and told.value.fix
    return told.value


@pytest.fixture
def address(postgres: Postgres) -> PostgresAddress:
    return PostgresAddress(postgres.host, "lisa", postgres.user, postgres.port, tls="off")


def test_a_wrong_password(address: PostgresAddress) -> None:
    told = refusal(address, "guess")
    assert told.code == "access_refused"
    assert "guess" not in str(told)


def test_a_missing_database(postgres: Postgres, address: PostgresAddress) -> None:
    assert refusal(replace(address, database="none"), postgres.password).code == "database_missing"


def test_nobody_at_that_port(address: PostgresAddress) -> None:
    told = refusal(replace(address, port=free_port()), "x")
    assert (type(told), told.code) == (StoreUnavailableError, "store_unreachable")


@pytest.mark.parametrize("tls", ["require", "verify"])
def test_a_server_without_tls(postgres: Postgres, address: PostgresAddress, tls: Tls) -> None:
    wanted = replace(address, tls=tls)
    assert refusal(wanted, postgres.password).code == "tls_failed"


@pytest.mark.parametrize(("tls", "trusted"), [("require", False), ("verify", True)])
def test_an_encrypted_connection(
    postgres: Postgres, address: PostgresAddress, tmp_path: Path, tls: Tls, trusted: bool
) -> None:
    file = certificate(tmp_path)
    with fronted(postgres.port, file) as port:
        bundle = str(file) if trusted else None
        there = replace(address, port=port, tls=tls, ca_bundle=bundle)
        store = PgVectorStore(connector(there, lambda: postgres.password))
        store.prepare(SHELF)
        store.drop(SHELF)
        store.close()


def test_a_certificate_that_nobody_trusts(
    postgres: Postgres, address: PostgresAddress, tmp_path: Path
) -> None:
    with fronted(postgres.port, certificate(tmp_path)) as port:
        wanted = replace(address, port=port, tls="verify")
        assert refusal(wanted, postgres.password).code == "tls_failed"


def test_a_user_who_may_make_nothing(
    postgres: Postgres, address: PostgresAddress, database: str
) -> None:
    postgres.run("create role guest login password 'guest'")
    told = refusal(replace(address, user="guest", database=database), "guest")
    postgres.run("drop role guest")
    assert told.code in ("permission_missing", "extension_missing")


def test_a_shelf_that_is_not_there(pgvector: PgVectorStore) -> None:
    nowhere = Shelf("nowhere", 3)
    for work in (
        lambda: pgvector.find(nowhere, Question("text", "piston")),
        lambda: pgvector.replace(nowhere, copy("d"), []),
        lambda: list(pgvector.copies(nowhere)),
    ):
        with pytest.raises(ShelfMissingError):
            work()


def test_a_shelf_for_another_model(pgvector: PgVectorStore) -> None:
    pgvector.prepare(SHELF)
    for other in (Shelf(SHELF.name, 4), Shelf(SHELF.name, 3, "german")):
        with pytest.raises(ShelfDiffersError):
            pgvector.prepare(other)
    pgvector.drop(SHELF)


@pytest.mark.parametrize("vector", [(1.0,), (1.0, 2.0, float("nan")), (1.0, float("inf"), 0.0)])
def test_a_vector_that_does_not_fit(pgvector: PgVectorStore, vector: tuple[float, ...]) -> None:
    pgvector.prepare(SHELF)
    with pytest.raises(VectorDiffersError):
        pgvector.replace(SHELF, copy("d"), [passage(0, "text"), passage(1, "text", vector)])
    with pytest.raises(VectorDiffersError):
        pgvector.find(SHELF, Question("vector", vector=vector))
    assert list(pgvector.copies(SHELF)) == []
    pgvector.drop(SHELF)


@pytest.mark.parametrize("name", ["", "a; drop table x", "A", "a" * 41, 'a"b', "ä", "a\n", "a.b"])
def test_a_name_that_is_none(pgvector: PgVectorStore, name: str) -> None:
    for work in (pgvector.prepare, pgvector.drop):
        with pytest.raises(ValueError, match="not the name of a shelf"):
            work(Shelf(name, 3))


def test_an_unknown_language(pgvector: PgVectorStore) -> None:
    shelf = Shelf("klingon", 3, "klingon")
    with pytest.raises(StoreError) as told:
        pgvector.prepare(shelf)
    assert told.value.code == "language_unknown"
