"""The documents that are made of the sources say what these say now: else `make docs`."""

import pytest

from tests.support.routes import Route, routes
from tests.support.sources import ROOT
from tests.written.generate import DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_written_document_is_what_its_sources_say(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == DOCUMENTS[name](), "make docs"


@pytest.mark.parametrize("route", [pytest.param(route, id=str(route)) for route in routes()])
def test_every_call_is_in_the_reference(route: Route) -> None:
    assert f"\n### {route}\n" in (ROOT / "docs/api.md").read_text("utf-8")
