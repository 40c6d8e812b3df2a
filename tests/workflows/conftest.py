"""The services of models and of repositories, each in one process."""

from collections.abc import Iterator

import pytest

from models.model import Status
from tests.support.document_world import DocumentWorld, new_document_world
from tests.support.infrastructure_world import InfrastructureWorld, new_infrastructure_world
from tests.support.model_changes import MISTRAL, STOP, put
from tests.support.model_payloads import HOSTED
from tests.support.model_world import World, new_world
from tests.support.summary_world import SummaryWorld, new_summary_world


@pytest.fixture(autouse=True)
def _environment(models_environment: None, repositories_environment: None) -> None:
    """The steps read their service's environment."""


@pytest.fixture
def world() -> Iterator[World]:
    with new_world() as world:
        yield world


@pytest.fixture
def serving(world: World) -> World:
    """A world with a hosted model in service."""
    world.create(HOSTED)
    world.settle()
    assert world.model(MISTRAL).status is Status.IN_SERVICE
    return world


@pytest.fixture
def stopped(serving: World) -> World:
    """A world with a hosted model that has been stopped."""
    put(serving, STOP)
    return serving


@pytest.fixture
def documents() -> Iterator[DocumentWorld]:
    with new_document_world() as documents:
        yield documents


@pytest.fixture
def summaries() -> Iterator[SummaryWorld]:
    with new_summary_world() as summaries:
        yield summaries


@pytest.fixture
def infrastructure() -> Iterator[InfrastructureWorld]:
    with new_infrastructure_world() as infrastructure:
        yield infrastructure
