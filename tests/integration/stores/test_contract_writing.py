"""What every vector store does when documents come, change and go."""

import pytest

from stores.pgvector.store import PgVectorStore
from stores.port import Candidate, Place, Question, Shelf, StaleCopyError, VectorStore
from tests.integration.stores.test_contract import EAST, texts
from tests.support.passages import copy, passage, places


def standing(store: VectorStore, shelf: Shelf) -> dict[str, tuple[int, int]]:
    return {copy.document_id: (copy.generation, count) for copy, count in store.copies(shelf)}


def test_a_later_state_replaces_the_whole_document(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 1, team="red"), [passage(0, "piston"), passage(1, "gearbox")])
    store.replace(shelf, copy("d", 2, team="blue"), [passage(0, "clutch")])
    assert texts(store, shelf, "piston gearbox") == []
    assert texts(store, shelf, "clutch", team="blue") == ["d"]
    assert texts(store, shelf, "clutch", team="red") == []
    assert standing(store, shelf) == {"d": (2, 1)}


def test_the_same_state_may_be_written_again(store: VectorStore, shelf: Shelf) -> None:
    for _ in range(3):
        store.replace(shelf, copy("d", 5), [passage(0, "piston"), passage(1, "ring")])
    assert standing(store, shelf) == {"d": (5, 2)}
    assert len(store.find(shelf, Question("vector", vector=EAST))) == 2
    assert texts(store, shelf, "piston") == ["d"]


def test_an_earlier_state_is_refused(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 5), [passage(0, "clutch")])
    with pytest.raises(StaleCopyError):
        store.replace(shelf, copy("d", 4), [passage(0, "piston")])
    assert texts(store, shelf, "clutch piston") == ["d"]
    assert standing(store, shelf) == {"d": (5, 1)}


def test_a_document_without_chunks_stands_there(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 1), [passage(0, "piston")])
    store.replace(shelf, copy("d", 2), [])
    assert standing(store, shelf) == {"d": (2, 0)}
    assert store.find(shelf, Question("hybrid", "piston", EAST)) == []


def test_a_removed_document_leaves_nothing(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 1), [passage(0, "piston")])
    store.replace(shelf, copy("e", 1), [passage(0, "ring")])
    store.remove(shelf, "d", 2)
    assert standing(store, shelf) == {"e": (1, 1)}
    assert texts(store, shelf, "piston") == []
    assert store.around(shelf, [Place("d", 0)], 5) == []
    assert places(store.find(shelf, Question("vector", vector=EAST))) == [("e", 0)]


def test_a_removed_document_stays_away_until_a_later_state(
    store: VectorStore, shelf: Shelf
) -> None:
    store.remove(shelf, "d", 3)
    for generation in (2, 3):
        with pytest.raises(StaleCopyError):
            store.replace(shelf, copy("d", generation), [passage(0, "piston")])
    assert standing(store, shelf) == {}
    store.replace(shelf, copy("d", 4), [passage(0, "piston")])
    assert standing(store, shelf) == {"d": (4, 1)}


def test_removing_is_safe_to_repeat_and_refused_when_late(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 3), [passage(0, "piston")])
    with pytest.raises(StaleCopyError):
        store.remove(shelf, "d", 2)
    assert standing(store, shelf) == {"d": (3, 1)}
    for generation in (3, 3, 2, 9):
        store.remove(shelf, "d", generation)
    with pytest.raises(StaleCopyError):
        store.replace(shelf, copy("d", 9), [passage(0, "piston")])


def test_shelves_know_nothing_of_each_other(store: VectorStore, shelf: Shelf) -> None:
    other = Shelf(f"{shelf.name}_other", 3)
    store.prepare(other)
    store.replace(shelf, copy("d"), [passage(0, "piston")])
    assert store.find(other, Question("hybrid", "piston", EAST)) == []
    store.drop(other)
    store.drop(other)
    assert texts(store, shelf, "piston") == ["d"]


def test_preparing_again_keeps_what_is_there(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d"), [passage(0, "piston")])
    store.prepare(shelf)
    assert texts(store, shelf, "piston") == ["d"]


def test_a_dropped_shelf_begins_empty(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 7), [passage(0, "piston")])
    store.drop(shelf)
    store.prepare(shelf)
    assert standing(store, shelf) == {}
    store.replace(shelf, copy("d", 1), [passage(0, "clutch")])
    assert texts(store, shelf, "piston clutch") == ["d"]


def test_many_documents_are_listed_once_each(store: VectorStore, shelf: Shelf) -> None:
    # More than PostgreSQL's page; OpenSearch's is tested with rows alone, which is faster.
    count = 520 if isinstance(store, PgVectorStore) else 20
    ids = {f"d{number:04}" for number in range(count)}
    for one in ids:
        store.replace(shelf, copy(one), [])
    listed = [known.document_id for known, _ in store.copies(shelf)]
    assert len(listed) == count
    assert set(listed) == ids


def test_a_document_larger_than_a_batch(store: VectorStore, shelf: Shelf) -> None:
    store.replace(shelf, copy("d", 1), [passage(n, f"part{n} piston") for n in range(450)])
    assert standing(store, shelf) == {"d": (1, 450)}
    assert places(store.find(shelf, Question("text", "part449"))) == [("d", 449)]
    store.replace(shelf, copy("d", 2), [passage(n, f"part{n} piston") for n in range(20, 40)])
    found: list[Candidate] = store.find(shelf, Question("text", "piston"))
    assert sorted(places(found)) == [("d", n) for n in range(20, 40)]
