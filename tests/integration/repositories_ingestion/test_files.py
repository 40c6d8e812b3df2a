"""Objects and what is staged: one suite for S3 and for what stands for it; and the queue."""

from collections.abc import Callable

import pytest
from pydantic import BaseModel

from documents.errors import DocumentSuperseded
from documents.keys import Where
from ingestion.adapters.files import S3Files
from ingestion.adapters.notices import SqsNotices
from ingestion.adapters.staging import S3Staging
from ingestion.messages import Notice, Stretch
from ingestion.ports import Files, ObjectChanged, Staging
from kernel.observability import client
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.document_fakes import InMemoryFiles, InMemoryStaging
from tests.support.documents import document

BUCKET = NAMES["DOCUMENTS_BUCKET"]
HERE = Where(BUCKET, "manuals/pümp & co.txt")
type Put = Callable[[Where, bytes], None]


def put_in_s3(where: Where, content: bytes) -> None:
    username = {"username": "ada"}
    client("s3").put_object(Bucket=where.bucket, Key=where.key, Body=content, Metadata=username)


@pytest.fixture(params=["memory", "s3"])
def files(request: pytest.FixtureRequest, aws: None) -> tuple[Files, Put]:
    if request.param == "s3":
        return S3Files(), put_in_s3
    memory = InMemoryFiles()
    return memory, lambda where, content: memory.put(where, content, "ada")


def test_an_object_is_seen_and_read_as_it_is(files: tuple[Files, Put]) -> None:
    found, put = files
    put(HERE, b"water")
    seen = found.look(HERE)
    assert seen is not None
    assert (seen.size, seen.username) == (5, "ada")
    assert found.read(HERE, seen) == b"water"


def test_an_object_that_was_written_again_as_it_was_is_the_same(files: tuple[Files, Put]) -> None:
    found, put = files
    put(HERE, b"water")
    before = found.look(HERE)
    put(HERE, b"water")
    after = found.look(HERE)
    assert before is not None
    assert after is not None
    assert before.same_as(after)


def test_an_object_that_changed_or_is_gone_is_not_read(files: tuple[Files, Put]) -> None:
    found, put = files
    put(HERE, b"water")
    seen = found.look(HERE)
    assert seen is not None
    put(HERE, b"oil")
    with pytest.raises(ObjectChanged):
        found.read(HERE, seen)
    for _ in range(2):
        found.delete(HERE)
    assert found.look(HERE) is None
    with pytest.raises(ObjectChanged):
        found.read(HERE, seen)


def test_what_nobody_has_is_not_there(files: tuple[Files, Put]) -> None:
    found, _ = files
    assert found.look(Where("no-such-bucket-at-all", "key")) is None


def test_objects_are_listed_as_they_are_seen(files: tuple[Files, Put]) -> None:
    found, put = files
    others = Where(BUCKET, "elsewhere/valve.txt")
    for where in (HERE, others):
        put(where, b"water")
    listed = dict(found.under(BUCKET, "manuals/", ""))
    seen = found.look(HERE)
    assert listed.keys() == {HERE.key}
    assert seen is not None
    assert listed[HERE.key].same_as(seen)


def test_objects_are_listed_in_order_behind_a_key(files: tuple[Files, Put]) -> None:
    found, put = files
    keys = ["a/1.txt", "a/B.txt", "a/b.txt", "a/é.txt", "a/\uffee.txt", "a/😀.txt"]
    for key in reversed(keys):
        put(Where(BUCKET, key), b"water")
    assert [key for key, _ in found.under(BUCKET, "a/", "")] == keys
    assert [key for key, _ in found.under(BUCKET, "a/", keys[2])] == keys[3:]


@pytest.fixture(params=["memory", "s3"])
def staging(request: pytest.FixtureRequest, aws: None) -> Staging:
    return InMemoryStaging() if request.param == "memory" else S3Staging(BUCKET)


def test_a_generation_is_cleared_and_no_other(staging: Staging) -> None:
    old, new = document(generation=1), document(generation=11)
    for row in (old, new):
        staging.put(row, "chunks", b"[%d]" % row.generation)
    for _ in range(2):
        staging.clear(old.document_id, old.generation)
    with pytest.raises(DocumentSuperseded):
        staging.get(old, "chunks")
    assert staging.get(new, "chunks") == b"[11]"


def received[Message: BaseModel](url: str, kind: type[Message]) -> list[Message]:
    sqs, found = client("sqs"), []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [kind.model_validate_json(message["Body"]) for message in messages]
    return found


def test_notices_are_shaped_as_those_of_s3(aws: None) -> None:
    notices, scans = (
        client("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("notices", "scans")
    )
    sent = [Where(BUCKET, f"manuals/{number}.txt") for number in range(12)]
    SqsNotices(notices, scans).send(iter(sent), "team-docs")
    found = received(notices, Notice)
    assert sorted(Where(one.bucket.name, one.object.key) for one in found) == sorted(sent)
    assert {one.repository_id for one in found} == {"team-docs"}
    assert received(scans, Stretch) == []


def test_stretches_are_sent_as_they_are(aws: None) -> None:
    notices, scans = (
        client("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("notices", "scans")
    )
    stretch = Stretch(
        repository_id="team-docs", bucket=BUCKET, prefix="ä/", after="ä/b", daily=True
    )
    SqsNotices(notices, scans).compare([stretch])
    assert received(scans, Stretch) == [stretch]
    assert received(notices, Notice) == []
