"""What a function pays that only asks for limits, or refuses a file: no library of a format."""

import subprocess
import sys

import pytest

from parsing import parse
from tests.support.sources import ROOT

LIBRARIES = frozenset(
    {
        "lxml",
        "pypdfium2",
        "docx",
        "openpyxl",
        "pptx",
        "markdown_it",
        "docutils",
        "yaml",
        "tokenizers",
    }
)
PROGRAM = """
import sys
import chunking, parsing, passages.tokens
from passages.document import Document
parsing.parse("a.txt", b"text")
print(" ".join({name.partition(".")[0] for name in sys.modules}))
"""


def test_libraries_of_formats_wait_for_their_first_file() -> None:
    library = str(ROOT / "functions/repositories/lib")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"PYTHONPATH": library},
        check=True,
        capture_output=True,
        text=True,
    )
    assert not set(run.stdout.split()) & LIBRARIES


@pytest.mark.parametrize(
    ("library", "reader", "content"),
    [("markdown_it", "md", b"# A heading"), ("lxml", "html", b"<!doctype html><p>A paragraph")],
)
def test_a_library_that_is_missing_is_not_blamed_on_the_file(
    monkeypatch: pytest.MonkeyPatch, library: str, reader: str, content: bytes
) -> None:
    monkeypatch.delitem(sys.modules, f"parsing.formats.{reader}", raising=False)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=library):
        parse(f"a.{reader}", content)
