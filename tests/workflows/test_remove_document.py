"""remove_document, and whatever comes to an object late, twice or out of order."""

import pytest

from documents.document import Status
from documents.keys import Where
from tests.support.document_world import BUCKET, INBOX, MANUALS, TEAM, DocumentWorld

UPLOAD = Where(BUCKET, f"uploads/{TEAM}/{MANUALS}/0a1b/7c6d/guide.txt")
MANUAL = Where(INBOX, "manuals/pump.txt")
OLD, NEW = b"old", b"new one\nnew two"


def ingested(world: DocumentWorld, where: Where) -> None:
    world.upload(where, OLD)
    world.settle()
    assert world.found(where) == ["old"]


def is_gone(world: DocumentWorld, where: Where) -> bool:
    nothing = not (world.documents.rows or world.staging.kept or world.running())
    return nothing and world.found(where) is None


def test_a_removed_upload_leaves_nothing(documents: DocumentWorld) -> None:
    ingested(documents, UPLOAD)
    documents.remove(UPLOAD)
    documents.settle()
    documents.tell(UPLOAD)
    assert is_gone(documents, UPLOAD)
    assert not documents.files.objects
    assert documents.told()[-2:] == ["DocumentRemovalRequested", "DocumentRemoved"]


def test_a_document_goes_with_its_object(documents: DocumentWorld) -> None:
    ingested(documents, MANUAL)
    documents.tell(MANUAL, documents.delete(MANUAL))
    documents.settle()
    assert is_gone(documents, MANUAL)


@pytest.mark.parametrize("step", ["remove_document"])
@pytest.mark.parametrize("after", [False, True])
def test_a_removal_that_stumbles_is_repeated(
    documents: DocumentWorld, step: str, after: bool
) -> None:
    ingested(documents, UPLOAD)
    documents.fails(step, 2, after)
    documents.remove(UPLOAD)
    documents.settle()
    assert is_gone(documents, UPLOAD)


def test_a_removal_that_always_breaks_leaves_a_reason_and_can_be_repeated(
    documents: DocumentWorld,
) -> None:
    ingested(documents, UPLOAD)
    documents.fails("remove_document", 10)
    documents.remove(UPLOAD)
    documents.settle()
    assert documents.document(UPLOAD).status is Status.FAILED
    documents.before.clear()
    documents.remove(UPLOAD)
    documents.settle()
    assert is_gone(documents, UPLOAD)


@pytest.mark.parametrize("removal_first", [True, False])
@pytest.mark.parametrize("states", range(9))
def test_a_removal_may_come_at_any_point_of_the_ingestion(
    documents: DocumentWorld, states: int, removal_first: bool
) -> None:
    documents.upload(UPLOAD, OLD)
    for _ in range(states):
        if documents.executions[0].running:
            documents.advance(documents.executions[0])
    documents.remove(UPLOAD)
    documents.executions.sort(
        key=lambda one: "RemoveDocument" in one.visited, reverse=removal_first
    )
    documents.settle()
    assert is_gone(documents, UPLOAD)
    assert "DocumentFailed" not in documents.told()


def test_a_killed_removal_is_begun_again(documents: DocumentWorld) -> None:
    ingested(documents, UPLOAD)
    documents.remove(UPLOAD)
    documents.kill(documents.running()[0])
    documents.settle()
    assert is_gone(documents, UPLOAD)


def test_what_somebody_removed_from_a_pipeline_comes_back_only_when_it_changes(
    documents: DocumentWorld,
) -> None:
    ingested(documents, MANUAL)
    documents.remove(MANUAL)
    documents.settle()
    documents.tell(MANUAL)
    documents.scan()
    assert documents.document(MANUAL).status is Status.REMOVED
    assert documents.found(MANUAL) is None
    documents.upload(MANUAL, NEW)
    documents.settle()
    assert documents.found(MANUAL) == ["new one", "new two"]


def test_doubled_and_late_notices_change_nothing(documents: DocumentWorld) -> None:
    first = documents.put(UPLOAD, OLD)
    second = documents.put(UPLOAD, NEW)
    documents.tell(UPLOAD, second)
    documents.tell(UPLOAD, first)
    documents.tell(UPLOAD, second)
    documents.settle()
    assert documents.found(UPLOAD) == ["new one", "new two"]
    assert documents.told() == ["DocumentRequested", "DocumentIngested"]


def test_a_deletion_that_is_told_after_the_object_came_back_removes_nothing(
    documents: DocumentWorld,
) -> None:
    ingested(documents, MANUAL)
    gone = documents.delete(MANUAL)
    back = documents.put(MANUAL, NEW)
    documents.tell(MANUAL, back)
    documents.tell(MANUAL, gone)
    documents.settle()
    assert documents.found(MANUAL) == ["new one", "new two"]


def test_an_object_that_comes_back_as_it_was_during_its_removal_is_found(
    documents: DocumentWorld,
) -> None:
    ingested(documents, MANUAL)
    documents.tell(MANUAL, documents.delete(MANUAL))
    documents.upload(MANUAL, OLD)
    documents.settle()
    assert documents.found(MANUAL) == ["old"]


def test_a_scan_finds_what_nobody_told(documents: DocumentWorld) -> None:
    ingested(documents, MANUAL)
    other = Where(INBOX, "manuals/valve.txt")
    documents.delete(MANUAL)
    documents.put(other, NEW)
    documents.scan()
    documents.settle()
    assert documents.found(other) == ["new one", "new two"]
    assert documents.found(MANUAL) is None
    assert len(documents.documents.rows) == 1


def test_an_execution_that_is_started_twice_works_once(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, OLD)
    documents.start(documents.facts[0])
    documents.executions.reverse()
    documents.settle()
    assert documents.told() == ["DocumentRequested", "DocumentIngested"]
    assert sorted(one.visited[-1] for one in documents.executions) == ["ClearStaging", "Overtaken"]
