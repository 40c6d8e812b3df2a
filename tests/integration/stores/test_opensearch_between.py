"""OpenSearch that is busy, answers in part, changes its password or is written to meanwhile."""

from collections.abc import Iterator

import pytest

from passages.chunk import Chunk
from stores.addresses import OpenSearchAddress
from stores.errors import StoreError, StoreUnavailableError
from stores.opensearch import asking
from stores.opensearch.index import Index
from stores.opensearch.rows import State, chunk_row, copy_row
from stores.opensearch.store import OpenSearchStore
from stores.port import Embedded, Question, Shelf
from tests.integration.stores.conftest import on_opensearch
from tests.support.opensearch.server import FakeOpenSearch, serving
from tests.support.passages import copy, passage

SHELF = Shelf("d_1", 3)
ALL = Question("hybrid", "piston", (1.0, 0.0, 0.0))


@pytest.fixture
def fake() -> FakeOpenSearch:
    return FakeOpenSearch(serverless=False)


@pytest.fixture
def store(fake: FakeOpenSearch) -> Iterator[OpenSearchStore]:
    with serving(fake) as endpoint:
        made = on_opensearch(endpoint, "es")
        made.prepare(SHELF)
        yield made
        made.close()


def texts(store: OpenSearchStore) -> list[str]:
    return sorted(one.chunk.text for one in store.find(SHELF, ALL))


def index(store: OpenSearchStore) -> Index:
    """The requests that the store itself makes, one by one."""
    return Index(store._client, store._address, SHELF, 0.01)


def test_a_state_that_comes_to_count_during_a_search_is_found(
    fake: FakeOpenSearch, store: OpenSearchStore
) -> None:
    store.replace(SHELF, copy("d", 1), [passage(0, "piston one")])
    rows, later = index(store), State(2, False, "x")
    rows.add([chunk_row(SHELF, copy("d", 2), later, passage(0, "piston two"))])
    rows.refresh()
    assert texts(store) == ["piston one"]
    asked = iter(range(9))

    def land() -> None:
        # Just before the second round looks at which states count.
        if next(asked) == 3:
            rows.add([copy_row(copy("d", 2), later, 1)])
            rows.refresh()

    fake.between = land
    assert texts(store) == ["piston two"]


def test_a_document_that_nothing_counts_of_yet_is_not_found(store: OpenSearchStore) -> None:
    rows = index(store)
    rows.add([chunk_row(SHELF, copy("d", 1), State(1, False, "x"), passage(0, "piston"))])
    rows.refresh()
    assert texts(store) == []


def test_states_that_do_not_count_are_not_found_however_many_come(
    fake: FakeOpenSearch, store: OpenSearchStore
) -> None:
    store.replace(SHELF, copy("d", 1), [passage(0, "piston one")])
    rows, numbers = index(store), iter(range(2, 99))

    def begin() -> None:
        # Before each request a writer begins that never comes to its end.
        number = next(numbers)
        one = chunk_row(SHELF, copy("d", number), State(number, False, "x"), passage(0, "piston"))
        rows.add([one])
        rows.refresh()

    fake.between = begin
    assert texts(store) == ["piston one"]


def test_rows_that_are_gone_are_as_good_as_deleted(store: OpenSearchStore) -> None:
    index(store).remove(["nobody", "nothing"])


def test_only_the_rows_that_were_turned_away_are_written_again(
    fake: FakeOpenSearch, store: OpenSearchStore
) -> None:
    fake.refusing_rows = [200, 429, 200, 503, 429, 200]
    store.replace(SHELF, copy("d"), [passage(n, f"piston {n}") for n in range(4)])
    assert texts(store) == [f"piston {n}" for n in range(4)]
    assert len(fake.indices["lisa-d_1"].seen()) == 5


def test_rows_that_are_turned_away_for_ever_leave_what_was_there(
    fake: FakeOpenSearch, store: OpenSearchStore
) -> None:
    store.replace(SHELF, copy("d", 1), [passage(0, "piston old")])
    for refused, code in (([429] * 8, "store_unavailable"), ([429, 400], "store_refused")):
        fake.refusing_rows = refused
        with pytest.raises(StoreError) as told:
            store.replace(SHELF, copy("d", 2), [passage(n, f"piston {n}") for n in range(2)])
        assert told.value.code == code
        assert texts(store) == ["piston old"]


def test_rows_that_are_not_deleted_yet_are_deleted_again(
    fake: FakeOpenSearch, store: OpenSearchStore
) -> None:
    store.replace(SHELF, copy("d", 1), [passage(0, "piston old")])
    fake.refusing_rows = [200, 200, 429, 200]
    store.replace(SHELF, copy("d", 2), [passage(0, "piston new")])
    assert len(fake.indices["lisa-d_1"].seen()) == 2


@pytest.mark.parametrize("partly", [{"timed_out": True}, {"_shards": {"total": 2, "failed": 1}}])
def test_a_part_of_an_answer_is_none(
    fake: FakeOpenSearch, store: OpenSearchStore, partly: dict[str, object]
) -> None:
    store.replace(SHELF, copy("d"), [passage(0, "piston")])
    fake.partly = partly
    with pytest.raises(StoreUnavailableError):
        store.find(SHELF, ALL)
    fake.partly = {"timed_out": False, "_shards": {"total": 2, "failed": 0}}
    assert texts(store) == ["piston"]


def test_a_password_that_was_changed_is_read_again(fake: FakeOpenSearch) -> None:
    fake.password, secrets = "old", ["old"]
    with serving(fake) as endpoint:
        address = OpenSearchAddress(endpoint, "basic", user="lisa")
        store = OpenSearchStore(address, lambda: secrets[-1], pause=0.01)
        store.prepare(SHELF)
        fake.password = "new"
        with pytest.raises(StoreError) as told:
            store.find(SHELF, ALL)
        assert told.value.code == "access_refused"
        secrets.append("new")
        assert store.find(SHELF, ALL) == []
        store.close()


def test_more_rows_than_a_page_are_all_read(store: OpenSearchStore) -> None:
    rows, one = index(store), State(1, False, "x")
    rows.add([copy_row(copy(f"d{number:04}"), one, 0) for number in range(1001)])
    rows.refresh()
    assert len(list(store.copies(SHELF))) == 1001
    chunks = [Embedded(Chunk(number, "piston"), (1.0, 0.0, 0.0)) for number in range(1001)]
    store.replace(SHELF, copy("d0000", 2), chunks)
    store.remove(SHELF, "d0000", 3)
    assert list(rows.pages(asking.earlier("d0000", str(State(3, True, ""))))) == []
