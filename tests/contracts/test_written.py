"""The documents that are made of the sources say what these say now: else `make docs`."""

import pytest

from tests.support.sources import ROOT
from tests.written.generate import DOCUMENTS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_written_document_is_what_its_sources_say(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == DOCUMENTS[name](), "make docs"
