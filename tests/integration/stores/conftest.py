"""Every vector store, each with a shelf of its own for each test."""

import itertools
import os
from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from botocore.credentials import Credentials

from stores.addresses import OpenSearchAddress, PostgresAddress
from stores.opensearch.store import OpenSearchStore
from stores.pgvector.connecting import Connect, connector
from stores.pgvector.indexing import Thresholds
from stores.pgvector.store import PgVectorStore
from stores.port import Shelf, VectorStore
from tests.support.in_memory_store import InMemoryStore
from tests.support.opensearch.server import FakeOpenSearch, serving
from tests.support.postgres import Postgres, database, postgres

__all__ = ["database", "postgres"]

# A node's address, with user and password where it wants them: http://admin:secret@127.0.0.1:9200
NODE = os.environ.get("OPENSEARCH_URL")
STORES = ["memory", "pgvector", "managed", "serverless", *(["node"] if NODE else [])]
USUAL = Thresholds()
CREDENTIALS = Credentials("AKIDEXAMPLE", "secret")
_NUMBERS = itertools.count(1)


def connecting(server: Postgres, database: str = "lisa") -> Connect:
    """What opens connections to a database."""
    address = PostgresAddress(server.host, database, server.user, server.port, tls="off")
    return connector(address, lambda: server.password)


def on_postgres(
    server: Postgres, database: str = "lisa", thresholds: Thresholds = USUAL
) -> PgVectorStore:
    """A store with a connection of its own."""
    return PgVectorStore(connecting(server, database), thresholds)


@pytest.fixture
def pgvector(postgres: Postgres) -> Iterator[PgVectorStore]:
    store = on_postgres(postgres)
    yield store
    store.close()


@pytest.fixture(scope="session")
def fakes() -> Iterator[dict[str, tuple[str, FakeOpenSearch]]]:
    """A managed domain and a Serverless collection, with their addresses."""
    domain, collection = FakeOpenSearch(serverless=False), FakeOpenSearch(serverless=True)
    with serving(domain) as one, serving(collection) as other:
        yield {"es": (one, domain), "aoss": (other, collection)}


def on_opensearch(endpoint: str, service: Literal["es", "aoss"]) -> OpenSearchStore:
    """A store with a client of its own."""
    address = OpenSearchAddress(endpoint, service, "eu-west-1")
    return OpenSearchStore(address, lambda: "", CREDENTIALS, pause=0.01)


@pytest.fixture
def managed(fakes: dict[str, tuple[str, FakeOpenSearch]]) -> Iterator[OpenSearchStore]:
    store = on_opensearch(fakes["es"][0], "es")
    yield store
    store.close()


@pytest.fixture
def serverless(fakes: dict[str, tuple[str, FakeOpenSearch]]) -> Iterator[OpenSearchStore]:
    store = on_opensearch(fakes["aoss"][0], "aoss")
    yield store
    store.close()


@pytest.fixture
def node() -> Iterator[OpenSearchStore]:
    """A real node, whose engine is Lucene: not every one has the native libraries."""
    place = urlsplit(NODE or "")
    endpoint = f"{place.scheme}://{place.hostname}:{place.port or 9200}"
    address = OpenSearchAddress(endpoint, "basic", user=place.username or "", engine="lucene")
    store = OpenSearchStore(address, lambda: place.password or "")
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
