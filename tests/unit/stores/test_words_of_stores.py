"""What becomes of names, texts, vectors, fields and states on their way to a database."""

import json

import pytest

from stores.errors import VectorDiffersError
from stores.metadata import plain
from stores.names import checked, clean
from stores.opensearch.asking import searches
from stores.opensearch.rows import State, allowed, facets
from stores.pgvector import filters
from stores.port import Filter, Question, Shelf
from stores.vectors import fitting, vector_text
from tests.support.passages import copy

SHELF = Shelf("shelf", 2)


def test_text_that_no_database_stores_is_mended() -> None:
    assert clean("a\0b\ud800c\udfffd ü 🛢️") == "a b?c?d ü 🛢️"
    assert plain({"a\0": "x\0", "n": 1, "tags": ("y\ud800",)}) == {
        "a ": "x ",
        "n": 1,
        "tags": ["y?"],
    }


@pytest.mark.parametrize("name", ["", "A", "a-b", "a" * 41, "a;b", "ａ", "a\n"])
def test_only_lower_case_letters_digits_and_underscores_are_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a shelf"):
        checked(Shelf(name, 3))
    assert checked(Shelf("a_1" * 13, 3)) == "a_1" * 13


def test_vectors_are_written_with_all_digits_of_32_bits() -> None:
    assert vector_text((1 / 3, -2e-10, 0)) == "[0.333333333,-2e-10,0]"
    with pytest.raises(VectorDiffersError):
        fitting(SHELF, None)
    with pytest.raises(VectorDiffersError):
        fitting(SHELF, (1.0,))


def test_names_of_fields_are_never_part_of_a_statement() -> None:
    where: Filter = {"a' or true --": ["x", "y"], "n": 1}
    assert "or true" not in filters.condition(where)
    given = filters.parameters(where)
    assert json.loads(given["field1"]) == [{"n": 1}, {"n": [1]}]
    assert [list(one) for one in json.loads(given["field0"])] == [["a' or true --"]] * 4


def test_facets_of_unlike_values_are_unlike() -> None:
    told = facets(copy("d", a=1, b=True, c="1", d=["x", "y"], e=1.0))
    assert told == ["n:a=1.0", "b:b=True", "t:c=1", "t:d=x", "t:d=y", "n:e=1.0"]
    assert allowed({"a": 1.0}) == [{"terms": {"facets": ["n:a=1.0"]}}]
    (long,) = facets(copy("d", a="x" * 50_000))
    assert allowed({"a": "x" * 50_000}) == [{"terms": {"facets": [long]}}]
    assert len(long) == 64


def test_states_are_ordered_as_their_texts_are() -> None:
    states = [
        State(9, False, "2"),
        State(9, True, "1"),
        State(10, False, "1"),
        State(9, False, "3"),
    ]
    assert sorted(map(str, states)) == [str(state) for state in sorted(states)]
    assert [State.read(str(state)) for state in states] == states
    assert max(states).generation == 10


@pytest.mark.parametrize(
    ("text", "clauses"), [("x1 x2 " * 900, 2), (" ".join(map(str, range(2000))), 900)]
)
def test_a_question_has_fewer_words_than_lucene_takes_clauses(text: str, clauses: int) -> None:
    asked = searches(SHELF, Question("text", text), ())["text"]
    query = asked["query"]["bool"]["must"][0]["match"]["words"]["query"]
    assert len(query.split()) == clauses


def test_searches_that_could_find_nothing_are_not_asked() -> None:
    assert searches(SHELF, Question("hybrid", "?!", (0.0, 0.0)), ()) == {}
    assert searches(SHELF, Question("hybrid", "a", (0.0, 1.0)), ()).keys() == {"vector", "text"}
    assert searches(SHELF, Question("text", "a"), ()).keys() == {"text"}
