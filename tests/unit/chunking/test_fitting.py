"""Sizes in tokens of the embedding model, of which nothing is known but what it counts."""

import pytest

from catalogue.collection import ChunkingStrategy
from chunking import fitted
from chunking.fitting import sample
from documents.errors import DocumentRefused
from ingestion.adapters.reading import LocalReader
from ingestion.ports import Cutting
from passages.tokens import estimate
from tests.support.document_fakes import BROKEN

PROSE = " ".join(f"Sentence {number} says something about the repository." for number in range(900))


def words(texts: list[str]) -> int:
    return sum(len(text.split()) for text in texts)


def test_a_part_is_as_long_as_the_model_would_say() -> None:
    part = PROSE[4_000:6_000]
    (length,) = fitted(PROSE, words)([part])
    assert len(part.split()) <= length <= 1.3 * len(part.split())


def test_an_estimate_may_be_too_low_as_well() -> None:
    pieces = fitted(PROSE, lambda texts: 2 * sum(estimate(texts)))
    assert pieces(["One sentence."])[0] > 2 * estimate(["One sentence."])[0]


@pytest.mark.parametrize("said", [None, 0])
def test_of_a_model_that_does_not_say_the_estimate_stands(said: int | None) -> None:
    assert fitted(PROSE, lambda _: said)([PROSE]) == estimate([PROSE])


@pytest.mark.parametrize(("said", "factor"), [(1, 0.4), (10**9, 3.0)])
def test_what_cannot_be_believed_is_not(said: int, factor: float) -> None:
    (length,) = fitted(PROSE, lambda _: said)([PROSE])
    assert length == pytest.approx(factor * estimate([PROSE])[0], rel=0.01)


def test_a_sample_is_of_all_of_a_text_and_fits_a_small_model() -> None:
    stretches = sample(PROSE)
    assert all(len(stretch.encode()) <= 240 for stretch in stretches)
    assert stretches[0] in PROSE[:300]
    assert stretches[-1] in PROSE[-len(PROSE) // 8 :]
    assert all(len(stretch.encode()) <= 240 for stretch in sample("漢字" * 5_000))


def test_of_a_short_text_the_sample_is_all() -> None:
    assert "".join(sample(PROSE[:700])) == PROSE[:700]


def test_nobody_is_asked_about_nothing() -> None:
    def ask(texts: list[str]) -> int:
        raise AssertionError(texts)

    assert fitted(" \n", ask)(["some text"]) == estimate(["some text"])


def test_a_documents_chunks_are_of_the_models_tokens() -> None:
    asked = Cutting(ChunkingStrategy(kind="structure", size=100, overlap=0), words)
    chunks = LocalReader().read("prose.txt", PROSE.encode(), asked).chunks
    lengths = [len(chunk.text.split()) for chunk in chunks]
    assert max(lengths) <= 100
    assert sum(lengths) / len(lengths) > 60


def test_what_the_model_refuses_is_raised_on() -> None:
    def refuse(_: list[str]) -> int:
        raise DocumentRefused(BROKEN)

    with pytest.raises(DocumentRefused):
        LocalReader().read("a.txt", b"text", Cutting(ChunkingStrategy(), refuse))
