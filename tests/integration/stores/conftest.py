"""Every vector store, each with a shelf of its own for each test."""

import itertools
from collections.abc import Iterator

import pytest

from stores.addresses import PostgresAddress
from stores.pgvector.connecting import connector
from stores.pgvector.store import PgVectorStore
from stores.port import Shelf, VectorStore
from tests.support.in_memory_store import InMemoryStore
from tests.support.postgres import Postgres, database, postgres

__all__ = ["database", "postgres"]

STORES = ["memory", "pgvector"]
_NUMBERS = itertools.count(1)


def on_postgres(server: Postgres, database: str = "lisa") -> PgVectorStore:
    """A store with a connection of its own."""
    address = PostgresAddress(server.host, database, server.user, server.port, tls="off")
    return PgVectorStore(connector(address, lambda: server.password))


@pytest.fixture
def pgvector(postgres: Postgres) -> Iterator[PgVectorStore]:
    store = on_postgres(postgres)
    yield store
    store.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> VectorStore:
    """One of the stores; whoever passes this suite may stand for any other."""
    if request.param == "memory":
        return InMemoryStore()
    made: VectorStore = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def shelf(store: VectorStore) -> Iterator[Shelf]:
    """An empty shelf for vectors of three numbers."""
    made = Shelf(f"shelf_{next(_NUMBERS)}", 3)
    store.prepare(made)
    yield made
    store.drop(made)
