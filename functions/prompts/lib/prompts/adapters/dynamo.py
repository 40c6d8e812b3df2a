"""Templates in DynamoDB: an item for each revision, of which the last one alone has a `place`.

By `place` the indexes hold, and order, the last revisions and nothing else.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from kernel.items import CONDITION, CONFLICT, Item, plain, refusals, typed
from kernel.observability import client
from prompts.ports import LostRaceError
from prompts.template import Template

KEPT = timedelta(days=90)
# What one call of DynamoDB reads at most: a template has 80 kB at most.
BATCH = 50


class DynamoTemplates:
    """The `Templates` port on one table."""

    def __init__(self, table: str) -> None:
        self._table = table

    def get(self, template_id: str) -> Template | None:
        found = client("dynamodb").query(
            TableName=self._table,
            KeyConditionExpression="id = :id",
            ExpressionAttributeValues={":id": {"S": template_id}},
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=1,
        )["Items"]
        return Template.model_validate(plain(found[0])) if found and "place" in found[0] else None

    def add(self, template: Template) -> None:
        self._write([self._put(template)])

    def replace(self, was: Template, now: Template) -> None:
        self._write([self._put(now), self._retire(was, now.updated)])

    def remove(self, was: Template, at: datetime) -> None:
        self._write([self._retire(was, at)])

    def own(self, owner: str, before: str | None) -> Iterator[Template]:
        yield from self._listed("owner", owner, before)

    def shared(self, before: str | None) -> Iterator[Template]:
        yield from self._listed("shared", "yes", before)

    def _listed(self, index: str, value: str, before: str | None) -> Iterator[Template]:
        names, values = {"#of": index}, {":of": {"S": value}}
        condition = "#of = :of"
        if before is not None:
            condition += " AND place < :place"
            values[":place"] = {"S": before}
        pages = (
            client("dynamodb")
            .get_paginator("query")
            .paginate(
                TableName=self._table,
                IndexName=index,
                KeyConditionExpression=condition,
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
                ScanIndexForward=False,
                PaginationConfig={"PageSize": BATCH},
            )
        )
        for one in pages:
            yield from (Template.model_validate(plain(item)) for item in one["Items"])

    def _put(self, template: Template) -> Item:
        document = template.model_dump(mode="json", by_alias=True) | {"place": template.place}
        if template.groups:
            document["shared"] = "yes"
        new = "attribute_not_exists(id)"
        item = typed(document)
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": new}}

    def _retire(self, was: Template, at: datetime) -> Item:
        """Take a revision out of the indexes, and let the table forget it."""
        until = int((at + KEPT).timestamp())
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"id": {"S": was.id}, "revision": {"N": str(was.revision)}},
                "UpdateExpression": "REMOVE place SET expires = :until",
                "ConditionExpression": "attribute_exists(place)",
                "ExpressionAttributeValues": {":until": {"N": str(until)}},
            }
        }

    def _write(self, writes: list[dict[str, Any]]) -> None:
        try:
            client("dynamodb").transact_write_items(TransactItems=writes)
        except ClientError as error:
            if {CONDITION, CONFLICT}.isdisjoint(refusals(error)):
                raise
            raise LostRaceError from None
