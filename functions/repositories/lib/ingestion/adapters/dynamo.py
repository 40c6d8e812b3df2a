"""Documents and their jobs in DynamoDB: a row and its jobs change in one transaction."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from documents.document import Document
from documents.errors import DocumentBusy, DocumentSuperseded, UnknownCursorError
from documents.job import Job, finished, written
from documents.places import Feed
from documents.rows import (
    EMBEDDED,
    Item,
    collection_key,
    document_item,
    documents_pk,
    feed_key,
    job_item,
    jobs_pk,
    moment,
)
from ingestion.ports import Page
from kernel.items import CONDITION, CONFLICT, plain, refusals, typed
from kernel.observability import client

# A page that is not full by then, since many rows are not shown, is as full as it gets.
_ROUNDS = 10
# What documents, and jobs, are sorted by.
_DOCUMENT = re.compile(r"[0-9a-f-]{36}")
_JOB = re.compile(r"[0-9T:.+-]{26,40}#[0-9a-f-]{1,36}")


class DynamoDocuments:
    """The `Documents` port. Lists follow the index, which may be a second behind."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._dynamo = client("dynamodb")

    def find(self, repository_id: str, document_id: str) -> Document | None:
        key = typed({"pk": documents_pk(repository_id), "sk": document_id})
        reply = self._dynamo.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return _document(reply["Item"]) if "Item" in reply else None

    def put(self, was: Document | None, now: Document) -> Document:
        revised = {"revision": was.revision + 1 if was else 1, "embedded": frozenset()}
        stored = now.model_copy(update=revised)
        row = {"Put": {**self._here, "Item": typed(document_item(stored)), **_still(was)}}
        self._write([row, *map(self._put, written(was, stored))])
        return stored

    def forget(self, was: Document, at: datetime) -> None:
        gone = {"Delete": {**self._here, "Key": _key(was), **_still(was)}}
        self._write([gone, self._put(finished(was, at))])

    def embedded(self, document: Document, batch: int) -> None:
        try:
            self._dynamo.update_item(
                **self._here,
                Key=_key(document),
                UpdateExpression=f"ADD {EMBEDDED} :batch",
                ConditionExpression="generation = :generation AND execution = :execution",
                ExpressionAttributeValues={
                    ":batch": {"NS": [str(batch)]},
                    ":generation": {"N": str(document.generation)},
                    ":execution": {"S": document.execution or ""},
                },
            )
        except ClientError as error:
            if CONDITION in refusals(error):
                raise DocumentSuperseded("The document has changed since.") from None
            if CONFLICT in refusals(error):
                raise DocumentBusy("The document is changing at this very moment.") from None
            raise

    def of_collection(
        self, repository_id: str, collection_id: str | None, size: int, after: str | None
    ) -> Page[Document]:
        pk = documents_pk(repository_id)
        shown = {
            "FilterExpression": "#status <> :removed",
            "ExpressionAttributeNames": {"#status": "status"},
        }
        if collection_id is None:
            values = typed({":pk": pk, ":removed": "REMOVED"})
            query = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": values}
            return self._page(query | shown, size, _Cursor(after, pk, dict).start(), _document)
        name = collection_key(repository_id, collection_id)
        query = {
            "IndexName": "collection",
            "KeyConditionExpression": "#collection = :collection",
            "ExpressionAttributeValues": typed({":collection": name, ":removed": "REMOVED"}),
        }
        shown["ExpressionAttributeNames"] = {"#status": "status", "#collection": "collection"}

        def begin(row: Item) -> Item:
            return {**row, "collection": name, "documentId": row["sk"]}

        return self._page(query | shown, size, _Cursor(after, pk, begin).start(), _document)

    def under(self, feed: Feed, after: str) -> Iterator[Document]:
        bucket, prefix = feed.pipeline.s3_bucket, feed.pipeline.s3_prefix
        condition, values = "feed = :feed", {":feed": feed_key(feed, bucket)}
        if start := after or prefix:
            # `key` is a word of DynamoDB's.
            condition, values = f"{condition} AND #key >= :start", {**values, ":start": start}
        asked = {
            "IndexName": "feed",
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": typed(values),
            **({"ExpressionAttributeNames": {"#key": "key"}} if start else {}),
        }
        for page in self._dynamo.get_paginator("query").paginate(**self._here, **asked):
            for item in page["Items"]:
                row = _document(item)
                if not row.key.startswith(prefix):
                    return
                if row.key > after:
                    yield row

    def jobs(self, repository_id: str, since: datetime, size: int, after: str | None) -> Page[Job]:
        partition = jobs_pk(repository_id)
        query: Item = {
            "KeyConditionExpression": "pk = :partition AND sk >= :since",
            "ExpressionAttributeValues": typed({":partition": partition, ":since": moment(since)}),
            "ScanIndexForward": False,
        }
        start = _Cursor(after, partition, dict, _JOB).start()
        if start and start["sk"] < moment(since):
            # DynamoDB refuses to begin outside of what is asked for, and time has passed since.
            return Page([], None)
        return self._page(query, size, start, _job)

    @property
    def _here(self) -> Item:
        return {"TableName": self._table}

    def _put(self, job: Job) -> Item:
        return {"Put": {**self._here, "Item": typed(job_item(job))}}

    def _write(self, changes: Sequence[Item]) -> None:
        try:
            self._dynamo.transact_write_items(TransactItems=list(changes))
        except ClientError as error:
            if not {CONDITION, CONFLICT}.isdisjoint(refusals(error)):
                raise DocumentBusy("It was changed at the same moment.") from None
            raise

    def _page[Row](
        self, query: Item, size: int, start: Item | None, read: Callable[[Item], Row]
    ) -> Page[Row]:
        """Read until a page is full; one that is full tells where the next begins."""
        found: list[Item] = []
        for _ in range(_ROUNDS):
            more = {"ExclusiveStartKey": typed(start)} if start else {}
            wanted = size - len(found)
            reply = self._dynamo.query(**self._here, **query, **more, Limit=wanted)
            found += reply["Items"]
            start = plain(reply["LastEvaluatedKey"]) if "LastEvaluatedKey" in reply else None
            if not start or len(found) >= size:
                break
        return Page([read(item) for item in found], _opaque(start) if start else None)


class _Cursor:
    """Where a page begins; one of another repository, or of another list, is none."""

    def __init__(
        self,
        after: str | None,
        pk: str,
        begin: Callable[[Item], Item],
        known: re.Pattern[str] = _DOCUMENT,
    ) -> None:
        self._after, self._pk, self._begin, self._known = after, pk, begin, known

    def start(self) -> Item | None:
        if self._after is None:
            return None
        try:
            sk = urlsafe_b64decode(self._after.encode()).decode()
        except ValueError:
            raise UnknownCursorError from None
        if not self._known.fullmatch(sk):
            raise UnknownCursorError
        return self._begin({"pk": self._pk, "sk": sk})


def _opaque(start: Item) -> str:
    return urlsafe_b64encode(str(start["sk"]).encode()).decode()


def _still(was: Document | None) -> Item:
    if was is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    known = {":generation": was.generation, ":revision": was.revision}
    return {
        "ConditionExpression": "generation = :generation AND revision = :revision",
        "ExpressionAttributeValues": typed(known),
    }


def _key(document: Document) -> Item:
    return typed({"pk": documents_pk(document.repository_id), "sk": document.document_id})


def _document(item: Item) -> Document:
    row: dict[str, Any] = plain(item)
    return Document.model_validate(row | {EMBEDDED: [int(one) for one in row.get(EMBEDDED, ())]})


def _job(item: Item) -> Job:
    return Job.model_validate(plain(item))
