"""A file is read in a process of its own, which is all that a file can end."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsing import Limits, Unreadable, parse
from parsing.apart import ReaderLost, parse_apart
from tests.support.pdfs import Text, pdf, with_endless_forms
from tests.unit.parsing.test_any_damage import FILES

LINE = Text("The quick brown fox jumps over the lazy dog and so on", 700)
SMALL = Limits(memory=56 * 1024 * 1024)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.json"])
def test_a_file_is_read_as_it_is_read_here(name: str) -> None:
    assert parse_apart(name, FILES[name]) == parse(name, FILES[name])


def test_warnings_and_reasons_come_back() -> None:
    assert parse_apart("a.yaml", b"{a: [1\n}}").warnings
    with pytest.raises(Unreadable) as refused:
        parse_apart("a.txt", b"four", Limits(characters=3))
    assert (refused.value.code, bool(refused.value.fix)) == ("TooMuchText", True)


def test_a_page_that_never_ends_is_ended() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_apart("a.pdf", with_endless_forms(), Limits(seconds=1))
    assert refused.value.code == "TookTooLong"


def test_a_library_that_crashes_is_the_files_end_alone() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_apart("a.pdf", pdf([[LINE] * 60_000]), SMALL)
    assert refused.value.code == "Broken"
    assert "SIG" in refused.value.message


def test_a_file_that_takes_all_memory_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_apart("a.json", b"[" + b"1," * 1_500_000 + b"1]", SMALL)
    assert refused.value.code in ("TooDeep", "TooManyParts")


@pytest.fixture
def without_libraries(tmp_path: Path) -> Iterator[None]:
    """A deployment whose layer lacks what reads YAML."""
    (tmp_path / "yaml.py").write_text("raise ModuleNotFoundError(name='yaml')")
    sys.path.insert(0, str(tmp_path))
    yield
    sys.path.remove(str(tmp_path))


def test_what_our_packaging_lacks_is_no_fault_of_the_file(without_libraries: None) -> None:
    with pytest.raises(ReaderLost):
        parse_apart("a.yaml", b"a: 1")


def test_the_reading_process_knows_no_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    told = tmp_path / "told"
    (tmp_path / "yaml.py").write_text(
        f"import os; open({str(told)!r}, 'w').write(repr(os.environ))"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Unreadable):
        parse_apart("a.yaml", b"a: 1")
    assert "PYTHONPATH" in told.read_text()
    assert "secret" not in told.read_text()
    assert os.environ["AWS_SECRET_ACCESS_KEY"] == "secret"
