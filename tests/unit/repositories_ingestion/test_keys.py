"""Keys and ids: made by the server, safe, and the same for the same object."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.document import later, older
from documents.keys import Where, document_id, owner_of, safe_name, upload_key, upload_of
from tests.support.documents import NOON

PDF = Where("bucket", "a/b.pdf")


def test_the_same_object_is_the_same_document() -> None:
    assert document_id("r", "c", PDF) == document_id("r", "c", Where("bucket", "a/b.pdf"))
    others = [("s", "c", PDF), ("r", "d", PDF), ("r", "c", Where("bucket", "a/b.pdf "))]
    ids = {document_id(*one) for one in [("r", "c", PDF), *others]}
    assert len(ids) == 4


@given(name=st.text(max_size=400))
def test_an_uploads_key_says_whose_it_is_whatever_the_file_is_called(name: str) -> None:
    key = upload_key("team", "c1", "subject/of bob", name)
    upload = upload_of(key)
    assert upload is not None
    assert upload[:3] == ("team", "c1", owner_of("subject/of bob"))
    assert upload.name
    assert len(key.encode()) < 1024


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\report.pdf", "report.pdf"),
        ("u\u0308bung (2).docx", "\u00fcbung (2).docx"),
        ("a\r\nb.txt", "a_b.txt"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
        ('a"b;c.txt', "a_b_c.txt"),
    ],
)
def test_a_files_name_is_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "key", ["uploads/r/c/o/u/", "uploads/r/c/o/u/a/b", "uploads/r/c/o", "staging/r/c/o/u/n", ""]
)
def test_other_keys_are_no_uploads(key: str) -> None:
    assert upload_of(key) is None


@pytest.mark.parametrize(
    ("one", "other", "is_older"),
    [
        ("0055AED6DCD90281E5", "0055AED6DCD90281E6", True),
        ("0055AED6DCD90281E5", "0055AED6DCD90281E5", True),
        ("0055aed6dcd90281e6", "0055AED6DCD90281E5", False),
        ("01", "0100", True),
        ("02", "0100", False),
        (None, "01", False),
        ("01", None, False),
    ],
)
def test_sequencers_are_compared_as_s3_says(
    one: str | None, other: str | None, is_older: bool
) -> None:
    assert older(one, other) is is_older


@given(generation=st.integers(0, 2**52))
def test_a_generation_only_grows(generation: int) -> None:
    assert later(generation, NOON) > generation
    assert later(generation, NOON) >= NOON.timestamp() * 1000
