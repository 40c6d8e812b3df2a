"""What only OpenSearch has: no transactions, rows that are seen late, and a protocol's refusals."""

from collections.abc import Callable, Iterator

import pytest

from stores.addresses import OpenSearchAddress
from stores.errors import (
    ShelfDiffersError,
    ShelfMissingError,
    StoreError,
    StoreUnavailableError,
)
from stores.opensearch.store import OpenSearchStore
from stores.port import Question, Shelf
from tests.integration.stores.conftest import CREDENTIALS
from tests.support.opensearch.server import FakeOpenSearch, serving
from tests.support.passages import copy, passage

SHELF = Shelf("d_1", 3)
ALL = Question("hybrid", "piston", (1.0, 0.0, 0.0))

type Make = Callable[[], OpenSearchStore]


@pytest.fixture(params=[False, True], ids=["managed", "serverless"])
def fake(request: pytest.FixtureRequest) -> FakeOpenSearch:
    return FakeOpenSearch(serverless=request.param)


@pytest.fixture
def make(fake: FakeOpenSearch) -> Iterator[Make]:
    """Makes stores on it, each with a client of its own."""
    made = []
    with serving(fake) as endpoint:
        service = "aoss" if fake.serverless else "es"
        address = OpenSearchAddress(endpoint, service, "eu-west-1")  # type: ignore[arg-type]

        def one() -> OpenSearchStore:
            made.append(OpenSearchStore(address, lambda: "", CREDENTIALS, pause=0.01))
            return made[-1]

        yield one
        for store in made:
            store.close()


def texts(store: OpenSearchStore) -> set[str]:
    return {one.chunk.text for one in store.find(SHELF, ALL)}


@pytest.mark.parametrize("request_number", range(9))
def test_whoever_is_killed_leaves_the_old_state_or_the_new(
    fake: FakeOpenSearch, make: Make, request_number: int
) -> None:
    store = make()
    store.prepare(SHELF)
    store.replace(SHELF, copy("d", 1), [passage(0, "piston old"), passage(1, "piston old too")])
    # Not retried by the client: as good as a function that ends here.
    fake.refuse_after(request_number, 400)
    with pytest.raises(StoreError):
        store.replace(SHELF, copy("d", 2), [passage(0, "piston new")])
        store.replace(SHELF, copy("e", 1), [passage(0, "piston other")])
        raise StoreError("more", "requests", "than that")
    fake.refuse_after(None)
    seen = texts(make()) - {"piston other"}
    assert seen in ({"piston old", "piston old too"}, {"piston new"})
    store.replace(SHELF, copy("d", 2), [passage(0, "piston new")])
    assert texts(store) - {"piston other"} == {"piston new"}
    assert len([1 for one, _ in store.copies(SHELF) if one.document_id == "d"]) == 1


def test_a_reader_in_between_sees_one_state(fake: FakeOpenSearch, make: Make) -> None:
    writer, reader = make(), make()
    writer.prepare(SHELF)
    writer.replace(SHELF, copy("d", 1), [passage(n, f"piston one {n}") for n in range(3)])
    seen: list[set[str]] = []
    fake.between = lambda: seen.append(texts(reader))
    writer.replace(SHELF, copy("d", 2), [passage(n, f"piston two {n}") for n in range(2)])
    fake.between = None
    one, two = ({f"piston {s} {n}" for n in range(c)} for s, c in (("one", 3), ("two", 2)))
    assert seen[0] == one
    assert seen[-1] == two
    assert all(state in (one, two) for state in seen)


def test_states_that_no_longer_count_cost_no_results(fake: FakeOpenSearch, make: Make) -> None:
    store = make()
    store.prepare(SHELF)
    fake.keeps_deleted = True
    for generation in (1, 2, 3):
        store.replace(SHELF, copy("d", generation), [passage(n, "piston") for n in range(40)])
    store.replace(SHELF, copy("e", 1), [passage(n, "piston", (0.9, 0.1, 0.0)) for n in range(9)])
    found = store.find(SHELF, Question("hybrid", "piston", (1.0, 0.0, 0.0), limit=45))
    assert len([one for one in found if one.vector_rank]) == 45
    assert {one.document_id for one in found} == {"d", "e"}


def test_busy_is_tried_again_and_then_told(fake: FakeOpenSearch, make: Make) -> None:
    store = make()
    store.prepare(SHELF)
    fake.refusing = [429, 503]
    store.replace(SHELF, copy("d"), [passage(0, "piston")])
    fake.refusing = [429, 503] * 2
    with pytest.raises(StoreUnavailableError):
        store.find(SHELF, ALL)


def test_refusals_tell_what_to_mend(fake: FakeOpenSearch, make: Make) -> None:
    store = make()
    fake.refusing = [403]
    with pytest.raises(StoreError) as told:
        store.prepare(SHELF)
    assert told.value.code == "access_refused"
    assert ("access policy" in told.value.fix) and told.value.message
    with pytest.raises(ShelfMissingError):
        store.find(SHELF, ALL)
    with pytest.raises(ShelfMissingError):
        store.replace(SHELF, copy("d"), [passage(0, "piston")])


def test_an_index_for_other_vectors(make: Make) -> None:
    store = make()
    store.prepare(SHELF)
    with pytest.raises(ShelfDiffersError):
        store.prepare(Shelf(SHELF.name, 4))


def test_nobody_there() -> None:
    store = OpenSearchStore(
        OpenSearchAddress("http://127.0.0.1:9", "es", "eu-west-1"), lambda: "", CREDENTIALS
    )
    with pytest.raises(StoreUnavailableError):
        store.prepare(SHELF)
    store.close()


def test_requests_are_signed_for_the_right_service(fake: FakeOpenSearch, make: Make) -> None:
    """The fake refuses others: a managed domain's signature at Serverless, and the reverse."""
    with serving(fake) as endpoint:
        wrong = "es" if fake.serverless else "aoss"
        address = OpenSearchAddress(endpoint, wrong, "eu-west-1")  # type: ignore[arg-type]
        store = OpenSearchStore(address, lambda: "", CREDENTIALS)
        with pytest.raises(StoreError) as told:
            store.prepare(SHELF)
        store.close()
    assert told.value.code == "access_refused"


def test_serverless_is_never_asked_for_what_it_has_not(fake: FakeOpenSearch, make: Make) -> None:
    store = make()
    store.prepare(SHELF)
    store.replace(SHELF, copy("d"), [passage(0, "piston")])
    store.remove(SHELF, "d", 2)
    store.drop(SHELF)
    asked = {path.rpartition("/")[2].partition("?")[0] for _, path in fake.requests}
    assert asked == {"lisa-d_1", "_mapping", "_bulk", "_count", "_msearch"} | (
        set() if fake.serverless else {"_refresh"}
    )
