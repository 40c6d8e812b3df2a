"""What AWS does between the functions of ingestion, when the table is moto's."""

import json
from collections.abc import Iterator
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from documents.facts import DocumentFact, facts_of
from documents.keys import upload_key
from kernel.events import Change, envelope
from kernel.observability import client
from tests.conftest import REPOSITORIES_ENVIRONMENT as NAMES
from tests.support.calling import Reply, authorized, invoke, request
from tests.support.deployed_workflows import workflows
from tests.support.workflow import Execution

BUCKET = NAMES["DOCUMENTS_BUCKET"]


def send(
    function: str, *, body: object = None, user: str = "bob", query: Any = None, **path: str
) -> Reply:
    """Send a request with a query string as well; `bob` is no administrator."""
    event = request(json.dumps(body), authorized(user), **path)
    event["queryStringParameters"] = query
    answer = invoke(f"repositories.{function}", event)
    return Reply(answer["statusCode"], json.loads(answer["body"]), answer["headers"])


def upload(repository_id: str, collection_id: str, user: str, name: str, content: bytes) -> str:
    """Put a file where the form of a user would, and return its key."""
    key = upload_key(repository_id, collection_id, f"sub-{user}", name)
    client("s3").put_object(Bucket=BUCKET, Key=key, Body=content)
    return key


def notice(key: str) -> None:
    """Deliver word of an object."""
    body = json.dumps({"bucket": {"name": BUCKET}, "object": {"key": key}})
    records = [{"messageId": "1", "body": body}]
    answer = invoke("repositories.accept_object", {"Records": records})
    assert answer == {"batchItemFailures": []}


def work() -> list[Execution]:
    """Run the workflow of every document of which something is to be done."""
    return [_run(fact) for fact in _asked()]


def _asked() -> Iterator[DocumentFact]:
    read = TypeDeserializer().deserialize
    for item in client("dynamodb").scan(TableName=NAMES["REPOSITORY_TABLE"])["Items"]:
        row = {name: read(value) for name, value in item.items()}
        yield from facts_of(Change(id="1", before=None, after=row))


def _run(fact: DocumentFact) -> Execution:
    workflow = workflows("repositories").get(fact.detail_type())
    if workflow is None:
        return Execution({"StartAt": "Told", "States": {}}, "", {}, invoke, "SUCCEEDED")
    arn = "arn:aws:states:eu-west-1:123456789012:execution:1"
    return Execution(workflow.definition, arn, envelope(fact, "test"), invoke).run()
