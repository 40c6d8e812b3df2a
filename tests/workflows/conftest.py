"""The models service in one process."""

from collections.abc import Iterator

import pytest

from tests.support.model_world import World, new_world


@pytest.fixture(autouse=True)
def _environment(models_environment: None) -> None:
    """The steps read the service's environment."""


@pytest.fixture
def world() -> Iterator[World]:
    with new_world() as world:
        yield world
