"""A file attached to a chat: whose it is, and what a chat is given of it."""

import json

import hypothesis.strategies as st
import pytest
from hypothesis import given

from context.attachment import (
    MOST_CHARACTERS,
    attachment_key,
    bounded,
    fits,
    is_attachment_of,
    markdown,
)
from documents.keys import ATTACHMENTS
from passages.document import Block, Document
from tests.support.sources import ROOT
from tests.support.templates import resources


def test_a_key_is_its_makers_alone_and_no_two_are_the_same() -> None:
    key = attachment_key("ada", "../Q3 report?.pdf")
    assert key.endswith("/Q3 report_.pdf")
    assert is_attachment_of(key, "ada")
    assert not is_attachment_of(key, "bob")
    assert key != attachment_key("ada", "../Q3 report?.pdf")


@pytest.mark.parametrize("made", ["{key}/x", "staging/{key}", "{key}/", "attachments/x", "", "x"])
def test_no_other_key_is_an_attachment(made: str) -> None:
    assert not is_attachment_of(made.format(key=attachment_key("ada", "a.txt")), "ada")


@given(st.text(max_size=80), st.text(min_size=1, max_size=40))
def test_whatever_a_file_is_called_its_key_is_one_of_its_maker(name: str, subject: str) -> None:
    key = attachment_key(subject, name)
    assert is_attachment_of(key, subject)
    assert len(key) < 1024


def test_a_document_is_written_as_markdown() -> None:
    blocks = (
        Block("heading", "Pumps\nand pipes", level=2),
        Block("paragraph", "Some text."),
        Block("table", "| a | b |\n|---|---|\n| 1 | 2 |"),
        Block("code", "```\nx = 1\n```"),
        Block("heading", "Deep", level=9),
    )
    assert markdown(Document("t", "text/plain", blocks)) == (
        "## Pumps and pipes\n\nSome text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "````\n```\nx = 1\n```\n````\n\n###### Deep"
    )


@pytest.mark.parametrize("letter", ["a", "漢", "😀", '"', "\n", "\x01"])
def test_an_answer_is_never_larger_than_lambda_sends(letter: str) -> None:
    kept = bounded(letter * (MOST_CHARACTERS + 1))
    answer = json.dumps(
        {"body": json.dumps({"text": kept}, ensure_ascii=False)}, ensure_ascii=False
    )
    assert 100_000 < len(kept) <= MOST_CHARACTERS
    assert len(answer.encode()) < 6_000_000


def test_a_text_fits_that_leaves_a_quarter_of_the_window() -> None:
    assert fits(750, 1000)
    assert not fits(751, 1000)


def test_attachments_are_gone_after_two_days_in_all_their_versions() -> None:
    bucket = resources(ROOT / "functions/repositories/storage.yaml", "AWS::S3::Bucket")["Bucket"]
    rules = bucket["LifecycleConfiguration"]["Rules"]
    [rule] = [one for one in rules if one.get("Prefix") == ATTACHMENTS]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 2)
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}
