"""Rows in DynamoDB: one table of every kind, with an index by kind and one by collection."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

from botocore.exceptions import ClientError

from catalogue.base import Row
from kernel.items import CONDITION, CONFLICT, Item, plain, refusals, typed
from kernel.observability import client
from repositories.ports import LostRaceError, TakenError

# What one call of DynamoDB removes.
BATCH = 25
_FREE = {"ConditionExpression": "attribute_not_exists(pk)"}


class DynamoRows:
    """The `Rows` port. Reads by key are consistent; those by an index follow within a second."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._dynamo = client("dynamodb")

    def get[R: Row](self, kind: type[R], key: tuple[str, str]) -> R | None:
        reply = self._dynamo.get_item(TableName=self._table, Key=_key(key), ConsistentRead=True)
        return kind.model_validate(plain(reply["Item"])) if "Item" in reply else None

    def under[R: Row](self, kind: type[R], pk: str) -> Iterator[R]:
        asked = {
            "KeyConditionExpression": "pk = :pk AND begins_with(sk, :kind)",
            "ExpressionAttributeValues": {":pk": {"S": pk}, ":kind": {"S": kind.kind}},
            "ConsistentRead": True,
        }
        yield from (kind.model_validate(plain(item)) for item in self._query(**asked))

    def all[R: Row](self, kind: type[R]) -> Iterator[R]:
        asked = {
            "IndexName": "kind",
            "KeyConditionExpression": "kind = :kind",
            "ExpressionAttributeValues": {":kind": {"S": kind.kind}},
        }
        yield from (kind.model_validate(plain(item)) for item in self._query(**asked))

    def add(self, row: Row, beside: Row | None = None) -> None:
        writes = [self._put(row, _FREE)]
        if beside is not None:
            writes.append({"ConditionCheck": self._at(beside) | _still(beside)})
        try:
            self._dynamo.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if not _lost(error):
                raise
            free = refusals(error)[0] != CONDITION
            raise (LostRaceError if free else TakenError) from None

    def replace[R: Row](self, was: R, now: R, beside: Row | None = None) -> R:
        stored = now.model_copy(update={"revision": was.revision + 1})
        writes = [self._put(stored, _still(was))]
        if beside is not None:
            writes.append(self._put(beside, _FREE))
        with _race():
            self._dynamo.transact_write_items(TransactItems=writes)
        return stored

    def remove(self, row: Row) -> None:
        still = _still(row)
        still["ConditionExpression"] += " OR attribute_not_exists(pk)"
        with _race():
            self._dynamo.delete_item(**self._at(row), **still)

    def sweep(self, pk: str, collection_id: str) -> None:
        asked = {
            "KeyConditionExpression": "pk = :pk",
            "FilterExpression": "collectionId = :collection",
            "ExpressionAttributeValues": {":pk": {"S": pk}, ":collection": {"S": collection_id}},
            "ProjectionExpression": "pk, sk",
            "ConsistentRead": True,
        }
        for batch in batched(self._query(**asked), BATCH):
            self._delete([{"DeleteRequest": {"Key": key}} for key in batch])

    def _delete(self, requests: list[Item]) -> None:
        while requests:
            reply = self._dynamo.batch_write_item(RequestItems={self._table: requests})
            requests = reply.get("UnprocessedItems", {}).get(self._table, [])

    def _query(self, **asked: Any) -> Iterator[Item]:
        for page in self._dynamo.get_paginator("query").paginate(TableName=self._table, **asked):
            yield from page["Items"]

    def _put(self, row: Row, condition: Item) -> Item:
        return {"Put": {"TableName": self._table, "Item": as_item(row), **condition}}

    def _at(self, row: Row) -> Item:
        return {"TableName": self._table, "Key": _key(row.key)}


def _still(row: Row) -> Item:
    """The condition that a row is as it was read."""
    return {
        "ConditionExpression": "revision = :revision AND createdAt = :created",
        "ExpressionAttributeValues": {
            ":revision": {"N": str(row.revision)},
            ":created": {"S": row.model_dump(mode="json")["created_at"]},
        },
    }


@contextmanager
def _race() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if _lost(error):
            raise LostRaceError from None
        raise


def _lost(error: ClientError) -> bool:
    """Tell a lost race from throttling, which cancels transactions too and must be retried."""
    return not {CONDITION, CONFLICT}.isdisjoint(refusals(error))


def as_item(row: Row) -> Item:
    """Return a row as the table keeps it, with its key and what the indexes read."""
    pk, sk = row.key
    document = row.model_dump(mode="json", by_alias=True, exclude_none=True)
    document |= {"pk": pk, "sk": sk, "kind": row.kind, **row.indexed}
    return typed(document)


def _key(key: tuple[str, str]) -> Item:
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}
