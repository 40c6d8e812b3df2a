"""Attachments and summaries on AWS: each adapter, and the whole way with all of them."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from catalogue.base import Reason
from context.adapters.models import DynamoChatModels
from context.adapters.notebook import S3Notebook
from context.attachment import LARGEST
from context.ports import ChatModel, Notebook, NothingKept
from context.summary import Desk, Summary, expiry, summary_key
from documents.keys import owner_of
from kernel.clock import now
from kernel.observability import client
from models.adapters.dynamo import as_item
from models.model import Model
from repositories.adapters.objects import S3Objects
from repositories.adapters.rows import DynamoRows
from repositories.wiring import rows, use
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.calling import call, invoke
from tests.support.model_payloads import NOON, external, hosted
from tests.support.repository_world import AT
from tests.support.summary_world import InMemoryNotebook, Talker, execution_of

BUCKET = NAMES["DOCUMENTS_BUCKET"]
PENDING = Summary(
    owner="0a1b", summary_id="s-1", object_key="attachments/0a1b/r/a.txt", model="small",
    window=1024, created_at=AT, updated_at=AT, expires=expiry(AT),
)  # fmt: skip
DONE = PENDING.claimed("arn:1", AT).planned("Title", ["a warning"], 3, AT).noted(2, AT)
type Put = Callable[[Model], None]


@pytest.fixture
def put(aws: None) -> Put:
    """The models service's own way to write a row."""
    table = NAMES["MODELS_TABLE"]
    client("dynamodb").create_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "modelId", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "modelId", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return lambda model: client("dynamodb").put_item(TableName=table, Item=as_item(model)) and None


@pytest.fixture(params=["s3", "memory"])
def book(request: pytest.FixtureRequest, aws: None) -> Notebook:
    if request.param == "memory":
        return InMemoryNotebook()
    return S3Notebook(BUCKET, S3Objects(BUCKET))


def test_what_was_kept_is_there_until_it_is_cleared_away(book: Notebook) -> None:
    for summary_id in ("s-1", "s-10"):
        book.put(summary_id, "part-0-000.json", b"first")
        book.put(summary_id, "part-0-000.json", summary_id.encode())
    assert book.get("s-1", "part-0-000.json") == b"s-1"
    book.clear("s-1")
    book.clear("s-1")
    with pytest.raises(NothingKept):
        book.get("s-1", "part-0-000.json")
    assert book.get("s-10", "part-0-000.json") == b"s-10"


def test_no_version_of_what_was_cleared_is_left(aws: None) -> None:
    book = S3Notebook(BUCKET, S3Objects(BUCKET))
    book.put("s-1", "a", b"one")
    book.put("s-1", "a", b"two")
    book.clear("s-1")
    assert "Versions" not in client("s3").list_object_versions(Bucket=BUCKET)


@pytest.mark.parametrize(
    "row",
    [
        PENDING,
        DONE,
        DONE.joined(1, AT).completed("Pumps move water.", AT),
        DONE.failed(Reason(code="c", message="m.", fix="f."), AT),
        Desk(owner="0a1b", summaries=["s-1"], expires=1, created_at=AT),
    ],
)
def test_a_row_comes_back_as_it_was_put(aws: None, row: Summary | Desk) -> None:
    table = DynamoRows(NAMES["REPOSITORY_TABLE"])
    table.add(row)
    assert table.get(type(row), row.key) == row


def test_a_form_holds_its_user_to_one_key_a_size_and_a_time(aws: None) -> None:
    body = {"fileName": "a.txt"}
    form = call("repositories.create_attachment_form", body=body, user="bob").body
    policy = json.loads(base64.b64decode(form["fields"]["policy"]))
    until = datetime.fromisoformat(policy["expiration"])
    assert BUCKET in form["url"]
    assert ["content-length-range", 1, LARGEST] in policy["conditions"]
    assert {"key": form["key"]} in policy["conditions"]
    assert {"bucket": BUCKET} in policy["conditions"]
    assert until - now() < timedelta(seconds=form["expiresIn"]) == timedelta(minutes=15)


def test_a_model_in_service_is_read_as_the_models_service_writes_it(put: Put) -> None:
    found = DynamoChatModels(NAMES["MODELS_TABLE"])
    put(external("claude", allowedGroups=["hr"]).serving(None, NOON))
    put(hosted("small").settled("http://small", 4096, NOON))
    put(external("wide").serving(None, NOON).model_copy(update={"context_window": 200_000}))
    assert found.find("claude") == ChatModel("claude", frozenset({"hr"}), None)
    assert found.find("small") == ChatModel("small", frozenset(), 4096)
    assert found.find("wide") == ChatModel("wide", frozenset(), 200_000)


def test_what_cannot_be_chatted_with_is_not_there(put: Put) -> None:
    found = DynamoChatModels(NAMES["MODELS_TABLE"])
    put(external("asked-for"))
    put(external("vectors", modelType="embedding", streaming=False).serving(None, NOON))
    assert [found.find(name) for name in ("asked-for", "vectors", "nonesuch")] == [None] * 3


def test_from_an_upload_to_a_summary(put: Put) -> None:
    put(external("small").serving(None, NOON).model_copy(update={"context_window": 1024}))
    body = {"fileName": "pumps.md"}
    key = call("repositories.create_attachment_form", body=body, user="bob").body["key"]
    text = "".join(f"# Section {number}\n\n{'Pumps move water. ' * 20}\n" for number in range(20))
    client("s3").put_object(Bucket=BUCKET, Key=key, Body=text.encode())
    read = call("repositories.read_attachment", body={"key": key, "model": "small"}, user="bob")
    assert read.body["text"].startswith("# Section 0\n\nPumps move water.")
    assert (read.body["fits"], read.body["contextWindow"]) == (False, 1024)
    asked = call("repositories.create_summary", body={"key": key, "model": "small"}, user="bob")
    summary_id = asked.body["summaryId"]
    row = rows().get(Summary, summary_key(owner_of("sub-bob"), summary_id))
    assert row is not None
    with use(writer=Talker()):
        assert execution_of(row, invoke).run().status == "SUCCEEDED"
    found = call("repositories.get_summary", user="bob", summary_id=summary_id).body
    assert (found["status"], found["title"]) == ("COMPLETED", "Section 0")
    assert found["progress"]["done"] == found["progress"]["parts"] > 3
    assert list_of_keys() == [key]


def list_of_keys() -> list[str]:
    versions = client("s3").list_object_versions(Bucket=BUCKET).get("Versions", [])
    return [one["Key"] for one in versions]
