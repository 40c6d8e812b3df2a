"""Copies of one text are read once; what only looks alike is kept."""

import pytest

from retrieval.duplicates import Copies

TEXT = (
    "Whoever leaves the company hands back the laptop, the badge and the phone on the last day, "
    "and signs the list that the office keeps; what is missing is paid for within 30 days."
)


@pytest.mark.parametrize(
    "copy",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace(" ", "\n"),
        TEXT.replace(",", ""),
        f"Page four. {TEXT} End of the page, and then some more words that are not in the first.",
        TEXT.replace("hands back", "returns"),
    ],
)
def test_a_copy_is_not_new(copy: str) -> None:
    copies = Copies("what happens when somebody leaves?")
    assert copies.is_new(TEXT * 4)
    assert not copies.is_new(copy * 4)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("30", "60"),
        TEXT.replace("laptop", "car"),
        "Another text about what the company expects on the last day of work of all its people.",
        "The laptop.",
        # All of it is in the other, but so little that it may be there for another reason.
        "hands back the laptop, the badge and the phone",
    ],
)
def test_what_differs_in_what_matters_is_new(other: str) -> None:
    copies = Copies("what about my car?")
    assert copies.is_new(TEXT)
    assert copies.is_new(other)


def test_equal_texts_are_copies_however_short() -> None:
    copies = Copies("?")
    assert copies.is_new("Yes.")
    assert not copies.is_new("yes")
    assert copies.is_new("No.")


def test_texts_without_words_are_copies_of_each_other_only() -> None:
    copies = Copies("?")
    assert copies.is_new("---")
    assert not copies.is_new("***")
    assert copies.is_new(TEXT)
