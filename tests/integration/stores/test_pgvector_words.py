"""Words in PostgreSQL: languages, stems, stop words, and letters that are spelt in two ways."""

import unicodedata
from collections.abc import Iterator

import pytest

from stores.pgvector.store import PgVectorStore
from stores.port import Question, Shelf
from tests.support.passages import copy, passage
from tests.support.postgres import Postgres

EAST, NORTH = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


@pytest.fixture(params=["english", "german", "french", "russian", "simple"])
def shelf(request: pytest.FixtureRequest, pgvector: PgVectorStore) -> Iterator[Shelf]:
    made = Shelf(f"words_{request.param}", 3, request.param)
    pgvector.prepare(made)
    yield made
    pgvector.drop(made)


def found(store: PgVectorStore, shelf: Shelf, words: str) -> list[str]:
    return [one.document_id for one in store.find(shelf, Question("text", words))]


STEMS = {
    "english": ("The engines were running", "engine runs"),
    "german": ("Die Rechnungen der Häuser", "Rechnung"),
    "french": ("Les journaux continuaient", "journal continué"),
    "russian": ("Двигатели и поршни", "двигатель"),
}


def test_words_are_found_by_their_stems_in_the_language_of_the_shelf(
    pgvector: PgVectorStore, shelf: Shelf
) -> None:
    for language, (text, _) in STEMS.items():
        pgvector.replace(shelf, copy(language), [passage(0, text)])
    for language, (_, words) in STEMS.items():
        if shelf.language in (language, "simple"):
            assert (language in found(pgvector, shelf, words)) is (language == shelf.language)


def test_words_that_say_nothing_find_nothing_and_leave_it_to_the_vectors(
    pgvector: PgVectorStore,
) -> None:
    shelf = Shelf("stop", 3)
    pgvector.prepare(shelf)
    pgvector.replace(shelf, copy("d"), [passage(0, "to be or not to be", EAST)])
    assert found(pgvector, shelf, "to be or not to be") == []
    (one,) = pgvector.find(shelf, Question("hybrid", "to be or not to be", EAST))
    assert (one.vector_rank, one.text_rank, one.bm25) == (1, None, None)
    pgvector.drop(shelf)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (unicodedata.normalize("NFD", "Müller"), "Müller"),
        ("Müller", unicodedata.normalize("NFD", "müller")),
        ("the proﬁle of the ofﬁce", "profile office"),
        ("ＧＰＵ４７１１", "gpu4711"),
    ],
)
def test_a_letter_is_the_same_however_it_is_spelt(
    pgvector: PgVectorStore, written: str, asked: str
) -> None:
    shelf = Shelf("spelt", 3)
    pgvector.prepare(shelf)
    pgvector.replace(shelf, copy("d"), [passage(0, written)])
    assert found(pgvector, shelf, asked) == ["d"]
    assert pgvector.find(shelf, Question("text", asked))[0].chunk.text == written
    pgvector.drop(shelf)


def test_of_a_pasted_page_the_rarest_words_are_asked(pgvector: PgVectorStore) -> None:
    shelf = Shelf("page", 3, "simple")
    pgvector.prepare(shelf)
    page = " ".join(f"word{number}" for number in range(60))
    for number in range(3):
        pgvector.replace(shelf, copy(f"d{number}"), [passage(0, page)])
    pgvector.replace(shelf, copy("rare"), [passage(0, "carburettor")])
    assert "rare" in found(pgvector, shelf, f"{page} carburettor")
    pgvector.drop(shelf)


def test_an_empty_shelf_answers_nothing(pgvector: PgVectorStore, postgres: Postgres) -> None:
    shelf = Shelf("nothing", 3)
    pgvector.prepare(shelf)
    pgvector.replace(shelf, copy("d"), [passage(0, "piston")])
    pgvector.remove(shelf, "d", 2)
    for where in ({}, {"team": "red"}):
        assert pgvector.find(shelf, Question("hybrid", "piston", EAST, where=where)) == []
    assert postgres.run("select chunks, words from lisa.nothing_totals") == [[0, 0]]
    pgvector.drop(shelf)


def test_a_vector_of_zeros_has_no_direction(pgvector: PgVectorStore) -> None:
    shelf = Shelf("zeros", 3)
    pgvector.prepare(shelf)
    pgvector.replace(shelf, copy("d"), [passage(0, "a", (0.0, 0.0, 0.0)), passage(1, "b", NORTH)])
    found = pgvector.find(shelf, Question("vector", vector=NORTH))
    assert [(one.chunk.ordinal, one.similarity) for one in found] == [(1, 1.0), (0, 0.0)]
    pgvector.drop(shelf)


@pytest.mark.parametrize("asked", ["join", "os.path.join", "OS path", "src/main", "3.12"])
def test_a_name_with_dots_or_slashes_is_found_by_its_parts(
    pgvector: PgVectorStore, asked: str
) -> None:
    shelf = Shelf("names", 3)
    pgvector.prepare(shelf)
    text = "Python 3.12 has os.path.join in src/main/paths.py"
    pgvector.replace(shelf, copy("d"), [passage(0, text)])
    assert pgvector.find(shelf, Question("text", asked))
    assert not pgvector.find(shelf, Question("text", "3.13"))
    pgvector.drop(shelf)
