"""ingest_document: from word of an object to its one copy in the store."""

import pytest

from documents.document import Status, Step
from documents.keys import Where
from tests.support.document_fakes import POISON
from tests.support.document_world import BUCKET, INBOX, MANUALS, TEAM, DocumentWorld

UPLOAD = Where(BUCKET, f"uploads/{TEAM}/{MANUALS}/0a1b/7c6d/guide.txt")
MANUAL = Where(INBOX, "manuals/pump.txt")
STEPS = [
    *("claim_document", "parse_document", "embed_batch", "index_document"),
    *("complete_document", "clear_staging"),
]


def text(lines: int, word: str = "line") -> bytes:
    return "\n".join(f"{word} {number}" for number in range(lines)).encode()


def is_settled(world: DocumentWorld) -> bool:
    return not (world.staging.kept or world.open_rows() or world.running())


@pytest.mark.promise("rag.indexed-on-upload")
def test_an_upload_becomes_a_document_that_is_found(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(300))
    documents.settle()
    row = documents.document(UPLOAD)
    assert (row.status, row.progress, row.indexed) == (Status.COMPLETED, 1.0, row.generation)
    assert row.figures is not None
    assert (row.figures.chunks, row.figures.batches) == (300, 10)
    assert documents.found(UPLOAD) == text(300).decode().splitlines()
    assert documents.told() == ["DocumentRequested", "DocumentIngested"]
    assert is_settled(documents)


def test_an_object_under_a_pipelines_prefix_becomes_a_document(documents: DocumentWorld) -> None:
    documents.upload(MANUAL, text(2))
    documents.upload(Where(INBOX, "elsewhere/pump.txt"), text(2))
    documents.settle()
    assert documents.found(MANUAL) == ["line 0", "line 1"]
    assert len(documents.documents.rows) == 1


def test_progress_is_told_by_batch(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(300))
    [execution] = documents.running()
    seen = []
    while execution.running:
        documents.advance(execution)
        seen.append(documents.document(UPLOAD).progress)
    assert seen == sorted(seen)
    assert len(set(seen)) >= 6


def test_a_title_is_embedded_with_each_chunk(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(1))
    documents.settle()
    assert documents.embedder.texts == ["guide.txt\n\nline 0"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_stumbles_does_not_stop_the_ingestion(
    documents: DocumentWorld, step: str, times: int, after: bool
) -> None:
    documents.fails(step, times, after)
    documents.upload(UPLOAD, text(200))
    documents.settle()
    assert documents.found(UPLOAD) == text(200).decode().splitlines()
    assert documents.document(UPLOAD).status is Status.COMPLETED
    assert is_settled(documents)


# As Step Functions calls what Lambda says when all functions are busy.
Throttled = type("Lambda.TooManyRequestsException", (Exception,), {})


@pytest.mark.parametrize("step", STEPS)
def test_thousands_that_begin_at_once_wait_for_each_other(
    documents: DocumentWorld, step: str
) -> None:
    documents.before[f"repositories.{step}"] = [Throttled("Rate exceeded")] * 50
    documents.upload(UPLOAD, text(2))
    documents.settle()
    assert documents.document(UPLOAD).status is Status.COMPLETED
    assert is_settled(documents)


@pytest.mark.parametrize("step", STEPS[:5])
def test_a_step_that_always_breaks_leaves_a_reason(documents: DocumentWorld, step: str) -> None:
    documents.fails(step, 40)
    documents.upload(UPLOAD, text(2))
    documents.settle()
    row = documents.document(UPLOAD)
    assert row.reason is not None
    assert (row.status, row.reason.code) == (Status.FAILED, "InternalError")
    assert documents.told()[-1] == "DocumentFailed"
    assert is_settled(documents)


@pytest.mark.parametrize("states", range(9))
def test_a_workflow_that_is_killed_is_begun_again(documents: DocumentWorld, states: int) -> None:
    documents.upload(UPLOAD, text(200))
    [execution] = documents.running()
    for _ in range(states):
        if execution.running:
            documents.advance(execution)
    if execution.running:
        documents.kill(execution)
    documents.settle()
    row = documents.document(UPLOAD)
    assert (row.status, row.indexed) == (Status.COMPLETED, row.generation)
    assert documents.found(UPLOAD) == text(200).decode().splitlines()
    assert is_settled(documents)


def test_a_workflow_that_is_always_killed_fails_its_document(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(2))
    while documents.running():
        documents.advance(documents.running()[0])
        documents.kill(documents.running()[0])
    row = documents.document(UPLOAD)
    assert row.reason is not None
    assert (row.status, row.reason.code) == (Status.FAILED, "WorkflowEnded")
    assert len(documents.executions) == 3


def test_a_poisoned_file_fails_alone_and_says_why(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, POISON)
    documents.upload(MANUAL, text(1))
    documents.settle()
    row = documents.document(UPLOAD)
    assert row.reason is not None
    assert (row.status, row.reason.code) == (Status.FAILED, "Unreadable")
    assert documents.executions[0].visited.count("ParseDocument") == 1
    assert documents.found(UPLOAD) is None
    assert documents.found(MANUAL) == ["line 0"]
    assert is_settled(documents)


def test_a_file_that_became_poison_is_not_found_by_what_it_was(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(1))
    documents.settle()
    documents.upload(UPLOAD, POISON)
    documents.settle()
    assert documents.found(UPLOAD) is None
    assert documents.document(UPLOAD).indexed is None


def test_a_file_is_found_by_what_it_was_while_the_model_is_away(documents: DocumentWorld) -> None:
    documents.upload(UPLOAD, text(1))
    documents.settle()
    before = documents.document(UPLOAD).generation
    documents.fails("embed_batch", 40)
    documents.upload(UPLOAD, text(2))
    documents.settle()
    row = documents.document(UPLOAD)
    assert (row.status, row.indexed) == (Status.FAILED, before)
    assert documents.found(UPLOAD) == ["line 0"]


@pytest.mark.parametrize("states", range(9))
def test_a_changed_file_supersedes_whatever_is_being_done(
    documents: DocumentWorld, states: int
) -> None:
    documents.upload(UPLOAD, text(200))
    [first] = documents.running()
    for _ in range(states):
        if first.running:
            documents.advance(first)
    documents.upload(UPLOAD, text(3, "new"))
    documents.executions.reverse()
    documents.settle()
    assert documents.found(UPLOAD) == ["new 0", "new 1", "new 2"]
    assert documents.document(UPLOAD).status is Status.COMPLETED
    assert is_settled(documents)


def test_a_file_that_changes_before_it_is_read_is_ingested_as_it_is(
    documents: DocumentWorld,
) -> None:
    documents.upload(UPLOAD, text(1))
    documents.put(UPLOAD, text(1, "new"))
    documents.settle()
    assert documents.found(UPLOAD) == ["new 0"]
    assert documents.document(UPLOAD).step is None
    assert Step.PARSE not in [row.step for row in documents.documents.rows.values()]
