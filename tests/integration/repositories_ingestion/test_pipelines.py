"""Pipelines on AWS, which is moto: listings and tables of many pages, queues and their readers."""

from collections.abc import Iterator
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer

from catalogue.repository import repository_key
from documents.document import Document, ObjectState
from documents.keys import Where, document_id
from documents.rows import document_item
from ingestion.facts import facts_of
from ingestion.messages import Notice, Stretch
from kernel.events import Change
from kernel.items import plain
from kernel.observability import client
from repositories import wiring
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.calling import invoke
from tests.support.documents import document
from tests.support.ingesting import BUCKET, work
from tests.support.repository_calls import ask, made, send
from tests.support.repository_world import InMemoryStores, WordModels

# More than S3 lists at once.
MANY = 1_010
TEAM = {"repository_id": "hr-docs"}
HANDBOOK = {"s3Bucket": BUCKET, "s3Prefix": "handbook/", "trigger": "daily"}


@pytest.fixture(autouse=True)
def queues(stores: InMemoryStores, models: WordModels) -> Iterator[None]:
    """The queues of objects and of pipelines."""
    for name in ("NOTICES_QUEUE", "SCANS_QUEUE"):
        client("sqs").create_queue(QueueName=NAMES[name].rpartition("/")[2])
    with wiring.use(patient_models=models):
        yield


def put(key: str, content: bytes = b"Whoever wants a holiday asks for it.") -> None:
    client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)


def delete(key: str) -> None:
    client("s3").delete_object(Bucket=BUCKET, Key=key)


def row() -> dict[str, Any]:
    """The repository's row, as the table's stream shows it."""
    pk, sk = repository_key("hr-docs")
    key = {"pk": {"S": pk}, "sk": {"S": sk}}
    found = client("dynamodb").get_item(TableName=NAMES["REPOSITORY_TABLE"], Key=key)
    return plain(found["Item"])


def changed(before: dict[str, Any] | None) -> list[str]:
    """Let the queue of pipelines hear what a change of the row made true; return the prefixes."""
    facts = facts_of(Change(id="1", before=before, after=row()))
    for fact in facts:
        body = Stretch.model_validate_json(fact.model_dump_json()).model_dump_json()
        client("sqs").send_message(QueueUrl=NAMES["SCANS_QUEUE"], MessageBody=body)
    return [fact.prefix for fact in facts]


def delivered(queue: str, function: str) -> int:
    """Let a function read all that waits in a queue; return how many messages there were."""
    sqs, url, count = client("sqs"), NAMES[queue], 0
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        records = [{"messageId": one["MessageId"], "body": one["Body"]} for one in messages]
        answer = invoke(f"repositories.{function}", {"Records": records})
        assert answer == {"batchItemFailures": []}
        for one in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        count += len(messages)
    return count


def compared() -> int:
    """Compare what waits for it, and look at what differs; return how many objects that were."""
    delivered("SCANS_QUEUE", "scan_prefix")
    return delivered("NOTICES_QUEUE", "accept_object")


def noticed() -> list[str]:
    """The keys of the first objects that wait to be looked at."""
    asked = {"QueueUrl": NAMES["NOTICES_QUEUE"], "MaxNumberOfMessages": 10}
    messages = client("sqs").receive_message(**asked)["Messages"]
    return [Notice.model_validate_json(one["Body"]).object.key for one in messages]


def day() -> int:
    """Compare all pipelines as every day; return how many objects differed."""
    invoke("repositories.scan_pipelines", {})
    return compared()


def statuses() -> dict[str, str]:
    """Every document's status, by its name."""
    found: dict[str, str] = {}
    after: dict[str, str] = {}
    while True:
        answer = ask({"pageSize": "100"} | after, "list_documents").body
        found |= {one["documentName"]: one["status"] for one in answer["documents"]}
        if answer["lastEvaluatedKey"] is None:
            return found
        after = {"lastEvaluatedKey": answer["lastEvaluatedKey"]}


def known(collection: str, key: str) -> Document:
    """Put an object, and the row of the document that it is."""
    etag = client("s3").put_object(Bucket=BUCKET, Key=key, Body=b"water")["ETag"].strip('"')
    made = document(
        name=key.rpartition("/")[2],
        repository_id="hr-docs",
        collection_id=collection,
        origin="auto",
        document_id=document_id("hr-docs", collection, Where(BUCKET, key)),
        bucket=BUCKET,
        key=key,
        content=ObjectState(etag=etag, size=5),
    )
    item = {name: TypeSerializer().serialize(one) for name, one in document_item(made).items()}
    client("dynamodb").put_item(TableName=NAMES["REPOSITORY_TABLE"], Item=item)
    return made


def test_objects_of_more_than_one_listing_are_compared_and_only_what_differs_is_told() -> None:
    collection = made(pipelines=[HANDBOOK])["defaultCollectionId"]
    rows = [known(collection, f"handbook/{number:04}.txt") for number in range(MANY)]
    put(rows[1].key, b"Nobody has holidays.")
    put(rows[-1].key, b"Nobody has holidays.")
    delete(rows[500].key)
    put("handbook/9999.txt")
    put("elsewhere/0.txt")
    invoke("repositories.scan_pipelines", {})
    assert delivered("SCANS_QUEUE", "scan_prefix") == 1
    numbers = ("0001", "0500", f"{MANY - 1}", "9999")
    assert noticed() == [f"handbook/{number}.txt" for number in numbers]


def test_what_was_there_before_is_found_changed_and_gone_day_by_day() -> None:
    for name in ("leave.md", "money.md", "pets.md"):
        put(f"handbook/{name}")
    made(pipelines=[HANDBOOK])
    changed(before=None)
    compared()
    work()
    assert set(statuses().values()) == {"COMPLETED"}
    put("handbook/leave.md", b"Nobody has holidays.")
    delete("handbook/pets.md")
    assert day() == 2
    work()
    assert statuses() == {"leave.md": "COMPLETED", "money.md": "COMPLETED"}
    query = {"query": "holidays nobody", "searchMode": "text", "topK": "1"}
    [hit] = ask(query).body["docs"]
    assert hit["Document"]["page_content"] == "Nobody has holidays."


def test_what_is_gone_stays_where_the_pipeline_says_so() -> None:
    put("handbook/leave.md")
    made(pipelines=[HANDBOOK | {"autoRemove": False}])
    changed(before=None)
    compared()
    delete("handbook/leave.md")
    assert day() == 0
    before = row()
    send("update_repository", {"pipelines": [HANDBOOK]}, **TEAM)
    assert changed(before) == ["handbook/"]
    assert compared() == 1
    assert statuses() == {"leave.md": "DELETING"}
