"""What every vector store does when it is asked: `stores.port.VectorStore`, said by tests."""

import pytest

from stores.port import (
    Filter,
    Mode,
    Place,
    Question,
    Shelf,
    VectorStore,
)
from tests.support.passages import copy, passage, places

EAST, NORTH, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def texts(store: VectorStore, shelf: Shelf, words: str, **where: object) -> list[str]:
    fields: Filter = where  # type: ignore[assignment]
    found = store.find(shelf, Question("text", words, where=fields))
    return [one.document_id for one in sorted(found, key=lambda one: one.text_rank or 0)]


def test_the_nearest_vectors_come_first(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d"), [passage(0, "a", EAST), passage(1, "b", (1.0, 1.0, 0.0))])
    store.replace(shelf, copy("e"), [passage(0, "c", UP)])
    found = store.find(shelf, Question("vector", vector=NORTH, limit=2))
    assert places(found)[:1] == [("d", 1)]
    assert len(found) == 2
    assert found[0].similarity == pytest.approx(0.5**0.5, abs=1e-6)
    assert [one.vector_rank for one in found] == [1, 2]
    assert {one.bm25 for one in found} == {None}


def test_a_rare_word_weighs_more_than_a_common_one(store: VectorStore, shelf: Shelf) -> None:
    for number in range(5):
        store.replace(shelf, copy(f"common{number}"), [passage(0, "engine engine engine oil")])
    store.replace(shelf, copy("rare"), [passage(0, "carburettor engine")])
    assert texts(store, shelf, "engine carburettor")[0] == "rare"
    assert texts(store, shelf, "carburettor") == ["rare"]


def test_a_word_in_a_short_text_weighs_more(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("long"), [passage(0, "piston " + "cylinder block valve " * 40)])
    store.replace(shelf, copy("short"), [passage(0, "piston ring")])
    store.replace(shelf, copy("other"), [passage(0, "gearbox")])
    assert texts(store, shelf, "piston") == ["short", "long"]


def test_scores_are_those_of_bm25(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("a", title="x"), [passage(0, "piston piston ring")])
    store.replace(shelf, copy("b"), [passage(0, "gearbox ring")])
    scores = {one.document_id: one.bm25 for one in store.find(shelf, Question("text", "piston"))}
    # n = 2 chunks, df = 1, tf = 2; the titles count as words, so that the average is not 2.5.
    assert scores["a"] == pytest.approx(0.693 * 2 * 2.2 / (2 + 1.2), rel=0.12)


def test_titles_and_headings_are_found_too(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d"), [passage(0, "text", headings="Lubrication")])
    assert texts(store, shelf, "lubrication") == ["d"]
    assert texts(store, shelf, "title-d") == ["d"]


@pytest.mark.promise("rag.hybrid")
def test_hybrid_is_both_searches_each_chunk_once(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("near"), [passage(0, "nothing", EAST)])
    store.replace(shelf, copy("both"), [passage(0, "piston", (0.9, 0.1, 0.0))])
    store.replace(shelf, copy("said"), [passage(0, "piston ring rod and more", UP)])
    found = store.find(shelf, Question("hybrid", "piston", EAST, limit=2))
    by_id = {one.document_id: one for one in found}
    assert len(found) == len(by_id) == 3
    assert (by_id["near"].vector_rank, by_id["near"].text_rank) == (1, None)
    assert (by_id["both"].vector_rank, by_id["both"].text_rank) == (2, 1)
    assert (by_id["said"].vector_rank, by_id["said"].text_rank) == (None, 2)


def test_what_was_indexed_comes_back(store: VectorStore, shelf: Shelf) -> None:
    given = copy("d", tags=["a", "b"], year=2024, open=True, share=0.5)
    chunk = passage(3, 'ein "Text" mit \\ und\nÄpfeln', headings="Über uns").chunk
    store.replace(shelf, given, [passage(3, chunk.text, headings="Über uns")])
    (found,) = store.find(shelf, Question("vector", vector=EAST))
    assert found.chunk == chunk
    assert (found.title, found.source) == (given.title, given.source)
    assert dict(found.metadata) == given.metadata
    assert [known for known, _ in store.copies(shelf)] == [given]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ({"team": "red"}, {"one", "both"}),
        ({"team": ["red", "blue"]}, {"one", "two", "both"}),
        ({"tags": "x"}, {"one", "two"}),
        ({"tags": ["y", "z"]}, {"two"}),
        ({"team": "red", "tags": "x"}, {"one"}),
        ({"year": 2024}, {"one"}),
        ({"open": True}, {"two"}),
        ({"team": "r"}, set()),
        ({"nobody": "x"}, set()),
        ({"team": []}, set()),
        ({'it\'s "a" name; --': "x"}, set()),
    ],
)
@pytest.mark.parametrize("mode", ["hybrid", "vector", "text"])
def test_filters(
    store: VectorStore, shelf: Shelf, mode: Mode, where: Filter, ids: set[str]
) -> None:
    store.replace(shelf, copy("one", team="red", tags=["x"], year=2024), [passage(0, "piston")])
    store.replace(
        shelf, copy("two", team="blue", tags=["x", "y"], open=True), [passage(0, "piston")]
    )
    store.replace(shelf, copy("both", team="red", year=1), [passage(0, "piston")])
    found = store.find(shelf, Question(mode, "piston", EAST, where=where))
    assert {one.document_id for one in found} == ids


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the of and",
        "'; drop table x; --",
        "a & | ! ( <-> :* \\ \" ' %",
        '+-=&&||><!(){}[]^"~*?:\\/ AND OR NOT',
        "piston\0ring \ud800",
        "x" * 10_000,
        "piston " * 2_000,
        "поршень 活塞 مكبس 🛢️",
    ],
)
def test_a_question_may_be_any_text(store: VectorStore, shelf: Shelf, text: str) -> None:
    store.replace(shelf, copy("d"), [passage(0, "piston ring поршень", EAST)])
    for mode in ("text", "hybrid"):
        found = store.find(shelf, Question(mode, text, EAST))
        assert {one.document_id for one in found} <= {"d"}
    assert texts(store, shelf, "piston") == ["d"]


@pytest.mark.promise("rag.other-scripts")
def test_other_scripts_are_found(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d"), [passage(0, "Двигатель и поршень")])
    assert texts(store, shelf, "ПОРШЕНЬ") == ["d"]


def test_neighbours(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d"), [passage(n, f"part {n}") for n in range(9)])
    store.replace(shelf, copy("e"), [passage(n, f"part {n}") for n in range(3)])
    found = store.around(shelf, [Place("d", 4), Place("d", 5), Place("e", 0), Place("x", 1)], 1)
    wanted = [("d", 3), ("d", 4), ("d", 5), ("d", 6), ("e", 0), ("e", 1)]
    assert sorted(places(found)) == wanted
    assert {(one.similarity, one.bm25, one.vector_rank, one.text_rank) for one in found} == {
        (None, None, None, None)
    }
    assert next(one for one in found if places([one]) == [("d", 6)]).chunk.text == "part 6"
    assert store.around(shelf, [], 1) == []
