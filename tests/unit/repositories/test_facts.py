"""What a change of a row becomes: the fact that somebody must hear of, once."""

from datetime import timedelta
from typing import Any

from catalogue.base import Row
from kernel.events import Change
from repositories.facts import facts_of
from tests.support.repository_world import AT, a_collection, a_repository, place

LATER = AT + timedelta(minutes=1)
HR = {"repository_id": "hr-docs"}
FIRST = HR | {"collection_id": place(1)}


def image(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return row.model_dump(mode="json", by_alias=True) | {"kind": row.kind}


def told(before: Row | None, after: Row | None) -> list[tuple[str, dict[str, Any]]]:
    change = Change(id="1", before=image(before), after=image(after))
    return [(fact.detail_type(), fact.model_dump()) for fact in facts_of(change)]


def test_a_repository_is_told_of_when_it_can_be_used() -> None:
    asked = a_repository(status="CREATE_IN_PROGRESS")
    ready = asked.changed(LATER, status="CREATE_COMPLETE")
    assert told(None, asked) == []
    assert told(asked, ready) == [("RepositoryCreated.v1", HR)]
    assert told(ready, ready.changed(LATER, description="new")) == []
    assert told(asked, asked.changed(LATER, status="CREATE_FAILED")) == []


def test_a_removal_is_told_of_each_time_that_it_is_asked_for() -> None:
    ready = a_repository()
    asked = ready.changed(LATER, status="DELETE_IN_PROGRESS")
    failed = asked.changed(LATER, status="DELETE_FAILED")
    again = failed.changed(LATER + timedelta(minutes=1), status="DELETE_IN_PROGRESS")
    for before, after in ((ready, asked), (failed, again), (asked, again)):
        assert told(before, after) == [("RepositoryRemovalRequested.v1", HR)]
    assert told(asked, failed) == []
    assert told(asked, None) == [("RepositoryRemoved.v1", HR)]


def test_a_collections_removal_is_told_of_with_its_repository() -> None:
    there = a_collection(1)
    asked = there.changed(LATER, status="DELETE_IN_PROGRESS")
    assert told(None, there) == told(there, there.changed(LATER, name="New")) == []
    assert told(there, asked) == [("CollectionRemovalRequested.v1", FIRST)]
    assert told(asked, None) == [("CollectionRemoved.v1", FIRST)]


def test_a_row_of_another_kind_is_nothing_to_these() -> None:
    strange = Change(id="1", before=None, after={"kind": "note", "pk": "x"})
    assert facts_of(strange) == []
