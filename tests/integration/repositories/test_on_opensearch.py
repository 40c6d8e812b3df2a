"""A repository on OpenSearch's protocol, signed in to by IAM."""

from collections.abc import Iterator

import pytest

from catalogue.connection import OpenSearchConfig
from catalogue.question import SearchQuery
from catalogue.repository import Repository
from passages.chunk import Chunk
from repositories.adapters.databases import Databases
from repositories.wiring import use
from searching.finding import found
from stores.port import Copy, Embedded
from tests.support.opensearch.server import FakeOpenSearch, serving
from tests.support.repository_calls import made
from tests.support.repository_world import (
    WORDS,
    InMemoryStores,
    WordModels,
    a_collection,
    a_repository,
    vector_of,
)

TEXT = "Holiday leave is thirty days a year"


@pytest.fixture
def domain() -> Iterator[tuple[str, FakeOpenSearch]]:
    fake = FakeOpenSearch(serverless=False)
    with serving(fake) as endpoint:
        yield endpoint, fake


@pytest.fixture
def databases(repositories_environment: None) -> Iterator[Databases]:
    databases = Databases("eu-west-1")
    yield databases
    databases.close()


def at(endpoint: str) -> Repository:
    """People may only name https; the server of this test has no certificate."""
    config = OpenSearchConfig.model_construct(endpoint=endpoint)
    connection = {"type": "opensearch", "rds_config": None, "opensearch_config": config}
    return a_repository().model_copy(update=connection)


@pytest.mark.promise("rag.opensearch")
def test_a_passage_is_found_in_a_domain(
    databases: Databases, domain: tuple[str, FakeOpenSearch]
) -> None:
    repository, collection = at(domain[0]), a_collection(0)
    store = databases.of(repository)
    store.prepare(collection.shelf)
    embedded = Embedded(Chunk(0, TEXT, span=(0, len(TEXT))), vector_of(TEXT, len(WORDS) + 1))
    store.replace(collection.shelf, Copy("d1", 1, "Leave", "leave.pdf", {}), [embedded])
    query = SearchQuery(query="holiday leave")
    best = found(databases, WordModels(), (repository, collection), query)
    assert [hit.passage.text for hit in best.hits] == [TEXT]
    store.drop(collection.shelf)
    assert domain[1].indices == {}


def test_a_domain_that_does_not_answer_is_told_with_what_to_do(
    stores: InMemoryStores, databases: Databases
) -> None:
    with use(stores=databases):
        failed = made(
            type="opensearch", rdsConfig=None, opensearchConfig={"endpoint": "https://127.0.0.1:1"}
        )
    assert failed["status"] == "CREATE_FAILED"
    assert failed["reason"]["fix"].endswith(".")
    assert failed["rdsConfig"] is None
