"""What one look at an object makes of a document: every state it may be in, and every sight."""

from typing import Any

import pytest

from catalogue.base import Labels, Reason
from catalogue.pipeline import Pipeline
from documents.document import Document, ObjectState, Status, Wish
from documents.errors import DocumentBusy
from documents.keys import Where, document_id
from documents.places import Feed
from ingestion.accepting import Target, observe, targets
from tests.support.document_fakes import InMemoryDocuments, InMemoryFiles
from tests.support.documents import MANUALS, NOON, TEAM, document

WHERE = document().where
TARGET = Target(TEAM, MANUALS, WHERE)
SAME, OTHER = b"same", b"another"
BROKEN = Reason(code="Broken", message="It is broken.", fix="Save it again.")


def known(status: Status, files: InMemoryFiles, **more: Any) -> Document:
    files.put(WHERE, SAME)
    seen = files.look(WHERE)
    reason = BROKEN if status is Status.FAILED else None
    return document(content=seen, status=status, reason=reason, **more)


def looked(row: Document | None, files: InMemoryFiles, target: Target = TARGET) -> Document | None:
    documents = InMemoryDocuments()
    if row is not None:
        documents.put(None, row)
    return observe(documents, files, target, NOON)


@pytest.mark.parametrize("status", Status)
def test_what_is_known_stays_as_it_is(status: Status) -> None:
    files = InMemoryFiles()
    cause = "asked" if status in (Status.DELETING, Status.REMOVED) else None
    row = known(status, files, cause=cause)
    assert looked(row, files) == row


@pytest.mark.parametrize("status", Status)
def test_another_content_is_requested_whatever_was_being_done(status: Status) -> None:
    files = InMemoryFiles()
    row = known(status, files)
    files.put(WHERE, OTHER)
    now = looked(row, files)
    assert now is not None
    assert (now.status, now.cause, now.reason) == (Status.PENDING, None, None)
    assert now.generation > row.generation
    assert now.job_id != row.job_id


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("auto_remove", [True, False])
def test_a_document_goes_with_its_object_if_it_is_to(status: Status, auto_remove: bool) -> None:
    files = InMemoryFiles()
    row = known(status, files)
    files.delete(WHERE)
    now = looked(row, files, Target(TEAM, MANUALS, WHERE, auto_remove=auto_remove))
    if status is Status.REMOVED:
        assert now is None
    elif auto_remove or status is Status.DELETING:
        assert now is not None
        assert now.status is Status.DELETING
    else:
        assert now == row


@pytest.mark.parametrize("status", [Status.FAILED, Status.REMOVED])
def test_what_failed_or_was_removed_is_ingested_when_somebody_asks(status: Status) -> None:
    files = InMemoryFiles()
    row = known(status, files)
    now = looked(row, files, Target(TEAM, MANUALS, WHERE, again=True))
    assert now is not None
    assert now.status is Status.PENDING


def test_another_wish_is_another_generation() -> None:
    files = InMemoryFiles()
    row = known(Status.COMPLETED, files)
    wish = Wish(labels=Labels(tags=["law"]))
    now = looked(row, files, Target(TEAM, MANUALS, WHERE, wish=wish))
    assert now is not None
    assert (now.status, now.wish) == (Status.PENDING, wish)


def test_an_object_that_is_not_there_is_no_document() -> None:
    assert looked(None, InMemoryFiles()) is None


class Contended(InMemoryDocuments):
    """Somebody else always writes first."""

    def put(self, was: Document | None, now: Document) -> Document:
        raise DocumentBusy("Somebody was faster.")


def test_whoever_always_loses_gives_up_and_says_so() -> None:
    files = InMemoryFiles()
    files.put(WHERE, SAME)
    with pytest.raises(DocumentBusy):
        observe(Contended(), files, TARGET, NOON)


class Interrupted(InMemoryFiles):
    """While one looks for the first time, another look is finished."""

    def __init__(self, documents: InMemoryDocuments) -> None:
        super().__init__()
        self._documents = documents
        self._looks = 0

    def look(self, where: Where) -> ObjectState | None:
        seen = super().look(where)
        self._looks += 1
        if self._looks == 1:
            self.put(where, OTHER)
            observe(self._documents, self, TARGET, NOON)
        return seen


def test_whoever_saw_an_older_state_looks_again() -> None:
    documents = InMemoryDocuments()
    files = Interrupted(documents)
    files.put(WHERE, SAME)
    observe(documents, files, TARGET, NOON)
    [row] = documents.rows.values()
    assert row.content.size == len(OTHER)
    assert len(documents.changes) == 1


def test_objects_are_documents_by_their_place() -> None:
    pipeline = Pipeline(s3_bucket="inbox", s3_prefix="a/", auto_remove=False)
    feeds = [Feed(TEAM, MANUALS, pipeline)]

    def found(bucket: str, key: str) -> list[str]:
        return [one.document_id for one in targets(Where(bucket, key), "ours", lambda: feeds)]

    assert found("ours", WHERE.key) == [document_id(TEAM, MANUALS, Where("ours", WHERE.key))]
    assert found("inbox", "a/b.txt") == [document_id(TEAM, MANUALS, Where("inbox", "a/b.txt"))]
    daily = Feed(TEAM, MANUALS, pipeline.model_copy(update={"trigger": "daily"}))
    assert targets(Where("inbox", "a/b.txt"), "ours", lambda: [daily]) == []
    for bucket, key in [("theirs", WHERE.key), ("inbox", "b.txt"), ("inbox", "a/b/")]:
        assert found(bucket, key) == []
