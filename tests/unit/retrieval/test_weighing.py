"""The weight of the vectors follows what both searches found, not how a question is put."""

from dataclasses import replace

import pytest

from retrieval.coverage import coverage
from retrieval.search import Settings, hits
from retrieval.weighing import FEATURES, features, vector_weight
from stores.port import Candidate
from tests.unit.retrieval.candidates import candidate

LEAVE = "Parents take up to six weeks of parental leave after the birth of a child."
CAR = "Whoever drives a company car keeps a record of all journeys."
ERROR = "ERR_QUOTA_4711 says that the quota of the team is used up."
NEAR = [candidate("leave", 1, text=LEAVE), candidate("car", 2, text=CAR)]


def said(*scores: float) -> list[Candidate]:
    """The error's text first, then others that share a word with the question."""
    texts = [ERROR, LEAVE, CAR]
    return [
        replace(candidate(f"t{rank}", text_rank=rank, text=texts[rank - 1]), bm25=score)
        for rank, score in enumerate(scores, 1)
    ]


def weight(question: str, found: list[Candidate]) -> float:
    return vector_weight(question, found, coverage(question, found))


def test_a_name_that_one_text_holds_is_the_words() -> None:
    found = NEAR + said(12, 2, 1)
    assert weight("ERR_QUOTA_4711", found) < 0.5
    assert hits("ERR_QUOTA_4711", found, Settings(), 1)[0].candidate.document_id == "t1"


def test_a_long_question_is_the_vectors_more_than_a_short_one() -> None:
    found = NEAR + said(6, 5, 4)
    long = "which rules hold for parents that want leave after the birth of their child?"
    assert weight(long, found) > weight("leave", found) + 0.1


def test_a_clear_first_of_the_words_moves_the_weight_to_them() -> None:
    clear, unclear = NEAR + said(12, 2, 1), NEAR + said(12, 11, 10)
    assert weight("quota team", clear) < weight("quota team", unclear) - 0.1


def test_a_clear_first_of_the_vectors_moves_the_weight_to_them() -> None:
    far = [NEAR[0], replace(NEAR[1], similarity=0.2), candidate("x", 99)]
    close = [NEAR[0], replace(NEAR[1], similarity=0.98), candidate("x", 99)]
    assert weight("leave", far + said(6, 5)) > weight("leave", close + said(6, 5))


@pytest.mark.parametrize(
    "question", ["Wie lange darf ich nach der Geburt zu Hause bleiben?", "育児休暇は何週間ですか"]
)
def test_another_language_is_the_vectors_alone(question: str) -> None:
    assert weight(question, NEAR + said(3, 2)) == pytest.approx(1)


def test_how_it_is_put_does_not_matter() -> None:
    found = NEAR + said(9, 5, 4)
    assert weight("How does quota team work?", found) == weight("quota team work", found)


@pytest.mark.parametrize("question", ["", "???", "the", "a" * 10_000, "word " * 2000])
@pytest.mark.parametrize("found", [[], NEAR, said(3, 2), NEAR + said(1, 1)])
def test_whatever_is_asked_has_a_weight(question: str, found: list[Candidate]) -> None:
    assert 0 <= weight(question, found) <= 1
    values = features(question, found)
    assert len(values) == len(FEATURES)
    assert all(0 <= value <= 1 for value in values)


def test_words_are_covered_by_title_headings_and_text() -> None:
    one = candidate("handbook", 1, text="Six weeks are paid.")
    assert coverage("paid weeks of the handbook in Peru", [one]) == [pytest.approx(3 / 4)]
    assert coverage("?", [one]) == [0]


def test_a_letter_is_the_same_however_it_is_spelt() -> None:
    one = candidate("handbook", 1, text="Das Bu\u0308ro und die Of\ufb01zin")
    assert coverage("büro offizin", [one]) == [1]
