"""Documents and jobs: one suite for the table and for the one in memory."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from catalogue.base import Labels, Reason
from catalogue.pipeline import Pipeline
from documents.document import Document, Wish
from documents.errors import DocumentBusy, DocumentSuperseded, UnknownCursorError
from documents.job import JobStatus
from documents.places import Feed
from ingestion.adapters.dynamo import DynamoDocuments
from ingestion.ports import Documents, Page
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.document_fakes import InMemoryDocuments
from tests.support.documents import MANUALS, NOON, RECIPES, SOME, TEAM, document

LATER = NOON + timedelta(minutes=1)


@pytest.fixture(params=["memory", "dynamo"])
def table(request: pytest.FixtureRequest, aws: None) -> Documents:
    return InMemoryDocuments() if request.param == "memory" else dynamo()


def dynamo() -> DynamoDocuments:
    return DynamoDocuments(NAMES["REPOSITORY_TABLE"])


def pages[Item](read: Callable[[str | None], Page[Item]]) -> list[Sequence[Item]]:
    found, after = [], None
    while True:
        page = read(after)
        found.append(page.items)
        after = page.after
        if after is None:
            return found


def test_a_document_is_found_as_it_was_put(table: Documents) -> None:
    labels = Labels(tags=["a"], custom_fields={"weight": 1.5, "year": 2026})
    stored = table.put(None, document(wish=Wish(labels=labels), figures=SOME))
    assert table.find(TEAM, stored.document_id) == stored
    assert stored.revision == 1
    assert table.find("others", stored.document_id) is None


def test_of_two_who_write_at_once_one_is_told(table: Documents) -> None:
    first = table.put(None, document())
    second = table.put(first, first.claimed("one", LATER))
    for late in (None, first):
        with pytest.raises(DocumentBusy):
            table.put(late, first.claimed("other", LATER))
    with pytest.raises(DocumentBusy):
        table.forget(first, LATER)
    assert table.find(TEAM, first.document_id) == second


def test_one_that_was_removed_and_is_there_again_is_another(table: Documents) -> None:
    first = table.put(None, document())
    table.forget(first, LATER)
    again = table.put(None, document(generation=2_000))
    with pytest.raises(DocumentBusy):
        table.put(first, first.claimed("one", LATER))
    assert table.find(TEAM, first.document_id) == again


def test_batches_are_noted_one_by_one_until_the_row_changes(table: Documents) -> None:
    row = table.put(None, document().claimed("one", NOON).parsed(SOME, NOON))
    for batch in (0, 1, 1):
        table.embedded(row, batch)
    noted = table.find(TEAM, row.document_id)
    assert noted is not None
    assert (noted.embedded, noted.progress) == (frozenset({0, 1}), 0.9)
    assert table.put(noted, noted.indexing(LATER)).embedded == frozenset()


def test_a_batch_of_a_generation_that_is_over_is_refused(table: Documents) -> None:
    row = table.put(None, document())
    now = table.put(row, row.requested(row.content, Wish(), LATER))
    with pytest.raises(DocumentSuperseded):
        table.embedded(row, 0)
    table.forget(now, LATER)
    with pytest.raises(DocumentSuperseded):
        table.embedded(now, 0)


def jobs(table: Documents, **more: Any) -> list[tuple[str, JobStatus]]:
    page = table.jobs(TEAM, NOON - timedelta(hours=1), 10, None)
    return [(job.document_name, job.status) for job in page.items]


def test_a_job_says_what_became_of_a_document(table: Documents) -> None:
    row = table.put(None, document())
    assert jobs(table) == [("pump.txt", JobStatus.INGESTION_PENDING)]
    row = table.put(row, row.claimed("one", LATER).parsed(SOME, LATER))
    assert jobs(table) == [("pump.txt", JobStatus.INGESTION_IN_PROGRESS)]
    row = table.put(row, row.completed(LATER))
    table.forget(table.put(row, row.deleting("asked", LATER)), LATER)
    assert jobs(table) == [
        ("pump.txt", JobStatus.DELETE_COMPLETED),
        ("pump.txt", JobStatus.INGESTION_COMPLETED),
    ]
    assert [job.progress for job in table.jobs(TEAM, NOON, 10, None).items] == [1.0, 1.0]


def test_a_job_that_was_overtaken_says_so(table: Documents) -> None:
    row = table.put(None, document())
    table.put(row, row.requested(row.content, Wish(), LATER))
    assert [status for _, status in jobs(table)] == ["INGESTION_PENDING", "INGESTION_FAILED"]
    old = table.jobs(TEAM, NOON, 10, None).items[1]
    assert old.reason is not None
    assert old.reason.code == "Superseded"


def test_a_job_that_failed_says_why(table: Documents) -> None:
    row = table.put(None, document())
    reason = Reason(code="Broken", message="It is broken.", fix="Save it again.")
    table.put(row, row.failed(reason, LATER, None))
    [job] = table.jobs(TEAM, NOON, 10, None).items
    assert (job.status, job.reason) == ("INGESTION_FAILED", reason)


def filled(table: Documents, count: int) -> list[Document]:
    at = [NOON + timedelta(seconds=number) for number in range(count)]
    return [
        table.put(None, document(f"{n}.txt", job_created_at=at[n], job_id=f"{n:03}"))
        for n in range(count)
    ]


def test_a_collection_is_listed_in_pages_without_what_was_removed(table: Documents) -> None:
    rows = filled(table, 5)
    table.put(rows[2], rows[2].removed(LATER))
    other = {"collection_id": RECIPES, "document_id": "other"}
    table.put(None, document("other.txt", job_id="other", **other))
    expected = sorted(row.document_id for row in rows if row is not rows[2])
    found = pages(lambda after: table.of_collection(TEAM, MANUALS, 2, after))
    assert [len(page) for page in found if page] == [2, 2]
    assert [row.document_id for page in found for row in page] == expected
    everything = pages(lambda after: table.of_collection(TEAM, None, 2, after))
    assert len([row for page in everything for row in page]) == 5


KEYS = ["a/1.txt", "a/B.txt", "a/b.txt", "a/é.txt", "a/\uffee.txt", "a/😀.txt"]


def fed_by(prefix: str, bucket: str = "inbox") -> Feed:
    return Feed(TEAM, MANUALS, Pipeline(s3_bucket=bucket, s3_prefix=prefix))


@pytest.fixture
def fed(table: Documents) -> Documents:
    """A table with documents of a pipeline, and with others that are beside it in some way."""
    homes = [{"key": key} for key in ["A/1.txt", *reversed(KEYS), "b/1.txt"]]
    homes += [{"bucket": "others"}, {"collection_id": RECIPES}, {"origin": "manual"}]
    for number, home in enumerate(homes):
        own = {"bucket": "inbox", "key": "a/1.txt", "origin": "auto", "job_id": f"{number}"}
        table.put(None, document(document_id=f"{number}", **own | home))
    return table


def test_a_pipelines_documents_are_listed_in_the_order_of_their_keys(fed: Documents) -> None:
    assert [row.key for row in fed.under(fed_by("a/"), "")] == KEYS
    assert [row.key for row in fed.under(fed_by("a/"), KEYS[2])] == KEYS[3:]
    assert [row.key for row in fed.under(fed_by("a/b"), "")] == ["a/b.txt"]
    assert [row.key for row in fed.under(fed_by(""), "")] == ["A/1.txt", *KEYS, "b/1.txt"]
    assert [row.key for row in fed.under(fed_by("a/", "others"), "")] == ["a/1.txt"]


def test_a_pipelines_documents_are_listed_with_those_that_must_not_come_back(
    fed: Documents,
) -> None:
    first = next(iter(fed.under(fed_by("a/"), "")))
    fed.put(first, first.removed(LATER))
    listed = next(iter(fed.under(fed_by("a/"), "")))
    assert (listed.document_id, listed.status) == (first.document_id, "REMOVED")


def test_jobs_are_listed_in_pages_the_latest_first(table: Documents) -> None:
    filled(table, 5)
    since = NOON + timedelta(seconds=1)
    found = pages(lambda after: table.jobs(TEAM, since, 3, after))
    assert [[job.id for job in page] for page in found] == [["004", "003", "002"], ["001"]]
    assert table.jobs("others", since, 3, None).items == []


def test_jobs_end_where_time_has_passed_a_cursor(table: Documents) -> None:
    filled(table, 3)
    first = table.jobs(TEAM, NOON, 1, None)
    assert table.jobs(TEAM, NOON + timedelta(seconds=10), 1, first.after) == Page([], None)


def test_a_cursor_of_one_list_is_none_of_another(table: Documents) -> None:
    filled(table, 3)
    of_documents = table.of_collection(TEAM, MANUALS, 1, None).after
    of_jobs = table.jobs(TEAM, NOON, 1, None).after
    with pytest.raises(UnknownCursorError):
        table.of_collection(TEAM, MANUALS, 1, of_jobs)
    with pytest.raises(UnknownCursorError):
        table.jobs(TEAM, NOON, 1, of_documents)


@pytest.mark.parametrize("cursor", ["nonsense!", "é", "", "x" * 500])
def test_a_cursor_that_nobody_gave_out_is_refused(table: Documents, cursor: str) -> None:
    filled(table, 2)
    for read in (
        lambda: table.of_collection(TEAM, MANUALS, 1, cursor),
        lambda: table.jobs(TEAM, NOON, 1, cursor),
    ):
        with pytest.raises(UnknownCursorError):
            read()
