"""The table of repositories: one suite, in DynamoDB and in memory."""

from datetime import UTC, datetime

import pytest

from catalogue.base import Labels, Reason, Row
from catalogue.collection import Collection, SearchSettings
from catalogue.repository import Repository, repository_key
from repositories.adapters.rows import DynamoRows
from repositories.ports import LostRaceError, Rows, TakenError
from tests.conftest import REPOSITORIES_ENVIRONMENT
from tests.support.repository_world import AT, InMemoryRows, a_collection, a_repository, place


@pytest.fixture(params=["dynamo", "memory"])
def rows(request: pytest.FixtureRequest, aws: None) -> Rows:
    if request.param == "memory":
        return InMemoryRows()
    return DynamoRows(REPOSITORIES_ENVIRONMENT["REPOSITORY_TABLE"])


@pytest.mark.parametrize(
    "row",
    [
        a_repository(allowed_groups=["hr"], metadata=Labels(tags=["a"], custom_fields={"n": 1.5})),
        a_repository(status="CREATE_FAILED", reason=Reason(code="c", message="m.", fix="f.")),
        a_collection(1, search_settings=SearchSettings(vector_weight=0.7, neighbours=2)),
        a_collection(1, allowed_groups=None),
        a_collection(1, allowed_groups=[]),
    ],
    ids=lambda row: row.kind,
)
def test_a_row_comes_back_as_it_was_put(rows: Rows, row: Row) -> None:
    rows.add(row)
    assert rows.get(type(row), row.key) == row


def test_what_is_not_there_is_none(rows: Rows) -> None:
    assert rows.get(Repository, repository_key("nothing")) is None


def test_a_place_is_taken_once(rows: Rows) -> None:
    rows.add(a_repository())
    with pytest.raises(TakenError):
        rows.add(a_repository(repository_name="another"))
    found = rows.get(Repository, repository_key("hr-docs"))
    assert found is not None
    assert found.repository_name == "HR documents"


def test_collections_lie_below_their_own_a_repository(rows: Rows) -> None:
    for row in (
        a_repository(),
        a_repository("law"),
        a_collection(2),
        a_collection(1),
        a_collection(3, "law"),
    ):
        rows.add(row)
    found = rows.under(Collection, "repository#hr-docs")
    assert [one.collection_id for one in found] == [place(1), place(2)]
    assert [one.repository_id for one in rows.under(Repository, "repository#law")] == ["law"]


def test_every_row_of_a_kind_is_found(rows: Rows) -> None:
    for row in (a_repository(), a_repository("law"), a_collection(1), a_collection(3, "law")):
        rows.add(row)
    assert {one.repository_id for one in rows.all(Repository)} == {"hr-docs", "law"}
    assert {one.collection_id for one in rows.all(Collection)} == {place(1), place(3)}


def test_of_two_changes_at_once_one_is_refused(rows: Rows) -> None:
    was = a_repository()
    rows.add(was)
    now = rows.replace(was, was.changed(AT, description="first"))
    with pytest.raises(LostRaceError):
        rows.replace(was, was.changed(AT, description="second"))
    assert now.revision == 1
    assert rows.get(Repository, was.key) == now


def test_a_row_that_was_removed_and_made_anew_is_another(rows: Rows) -> None:
    was = a_repository()
    rows.add(was)
    rows.remove(was)
    rows.add(a_repository(created_at=datetime(2026, 12, 1, tzinfo=UTC)))
    for late in (lambda: rows.replace(was, was), lambda: rows.remove(was)):
        with pytest.raises(LostRaceError):
            late()


def test_what_is_added_beside_a_change_is_there_with_it_or_not_at_all(rows: Rows) -> None:
    was = a_repository()
    rows.add(was)
    rows.replace(was, was.changed(AT, status="CREATE_COMPLETE"), a_collection(1))
    with pytest.raises(LostRaceError):
        rows.replace(was, was, a_collection(2))
    found = rows.under(Collection, was.key[0])
    assert [one.collection_id for one in found] == [place(1)]


def test_a_row_is_added_only_beside_one_that_is_as_it_was_read(rows: Rows) -> None:
    was = a_repository()
    rows.add(was)
    rows.add(a_collection(1), beside=was)
    rows.replace(was, was.changed(AT, status="DELETE_IN_PROGRESS"))
    with pytest.raises(LostRaceError):
        rows.add(a_collection(2), beside=was)
    with pytest.raises(TakenError):
        rows.add(a_collection(1), beside=rows.get(Repository, was.key))


def test_removing_what_is_gone_is_as_good(rows: Rows) -> None:
    rows.add(a_repository())
    rows.remove(a_repository())
    rows.remove(a_repository())
    assert rows.get(Repository, repository_key("hr-docs")) is None


def test_a_changed_row_is_not_removed_by_who_has_not_seen_that(rows: Rows) -> None:
    was = a_repository()
    rows.add(was)
    rows.replace(was, was.changed(AT, description="new"))
    with pytest.raises(LostRaceError):
        rows.remove(was)


class Document(Row):
    """A row of a document, as far as a sweep knows it."""

    kind = "document"
    collection_id: str
    number: int

    @property
    def key(self) -> tuple[str, str]:
        return "documents#hr-docs", f"{self.collection_id}-{self.number:04d}"


def test_a_sweep_takes_a_collections_rows_and_no_others(rows: Rows) -> None:
    for number in range(30):
        rows.add(Document(collection_id=place(1), number=number, created_at=AT))
    rows.add(Document(collection_id=place(2), number=0, created_at=AT))
    rows.sweep("documents#hr-docs", place(1))
    rows.sweep("documents#hr-docs", place(1))
    left = [row for row in rows.all(Document) if row.collection_id]
    assert [row.collection_id for row in left] == [place(2)]
