"""Pipelines: when what lies in a bucket becomes documents, and when it does not."""

from catalogue.base import Labels
from catalogue.pipeline import Pipeline
from documents.keys import Where
from documents.places import Feed
from ingestion.messages import Stretch
from tests.support.document_world import INBOX, MANUALS, TEAM, DocumentWorld

MANUAL = Where(INBOX, "manuals/pump.txt")
HERE = Stretch(repository_id=TEAM, bucket=INBOX, prefix="manuals/")


def pipeline(world: DocumentWorld, **changes: object) -> None:
    """Let the world's one pipeline be another one."""
    wish = {"s3_bucket": INBOX, "s3_prefix": "manuals/"} | changes
    world.places.pipelines[:] = [Feed(TEAM, MANUALS, Pipeline.model_validate(wish))]


def test_a_daily_pipeline_waits_for_its_day(documents: DocumentWorld) -> None:
    pipeline(documents, trigger="daily")
    documents.upload(MANUAL, b"old")
    assert documents.documents.rows == {}
    documents.scan()
    documents.settle()
    assert documents.found(MANUAL) == ["old"]
    documents.upload(MANUAL, b"new")
    documents.settle()
    assert documents.found(MANUAL) == ["old"]
    documents.scan()
    documents.settle()
    assert documents.found(MANUAL) == ["new"]
    documents.tell(MANUAL, documents.delete(MANUAL))
    documents.settle()
    assert documents.found(MANUAL) == ["new"]
    documents.scan()
    documents.settle()
    assert documents.found(MANUAL) is None


def test_a_daily_pipelines_document_that_changes_while_it_is_read_is_read_as_it_is(
    documents: DocumentWorld,
) -> None:
    pipeline(documents, trigger="daily")
    documents.put(MANUAL, b"old")
    documents.scan()
    documents.put(MANUAL, b"new")
    documents.settle()
    assert documents.found(MANUAL) == ["new"]


def test_what_was_there_before_a_pipeline_is_found_when_it_is_compared(
    documents: DocumentWorld,
) -> None:
    documents.put(MANUAL, b"old")
    documents.compare(HERE)
    documents.settle()
    assert documents.found(MANUAL) == ["old"]
    told = documents.told()
    documents.compare(HERE)
    documents.scan()
    assert documents.told() == told


def test_a_changed_pipeline_ingests_its_documents_as_it_says_now(documents: DocumentWorld) -> None:
    documents.upload(MANUAL, b"old")
    documents.settle()
    pipeline(documents, metadata=Labels(tags=["law"]))
    documents.scan()
    assert documents.document(MANUAL).wish.labels.tags == []
    documents.compare(HERE)
    documents.settle()
    row = documents.document(MANUAL)
    assert (row.wish.labels.tags, row.status) == (["law"], "COMPLETED")
