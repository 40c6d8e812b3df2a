"""Attachments and summaries without AWS."""

from collections.abc import Iterator

import pytest

from tests.support.summary_world import SummaryWorld, new_summary_world


@pytest.fixture
def world(repositories_environment: None) -> Iterator[SummaryWorld]:
    with new_summary_world() as world:
        yield world
