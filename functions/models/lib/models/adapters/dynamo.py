"""Models in DynamoDB. The registry's version moves with what gateways are told of a model."""

import time
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from kernel.items import CONDITION, CONFLICT, Item, plain, refusals, typed
from kernel.observability import client
from models.errors import Busy, ModelAlreadyExistsError, ModelNotFoundError, Superseded
from models.model import Model

# Every model's changes move the one version item, so most conflicts are not over the model itself.
TRIES, PAUSE_SECONDS = 4, 0.05


class DynamoModels:
    """The `Models` port on two tables: models by id, and the registry's version item."""

    def __init__(self, models_table: str, registry_table: str) -> None:
        self._table, self._registry = models_table, registry_table
        self._dynamo = client("dynamodb")

    def get(self, model_id: str) -> Model:
        reply = self._dynamo.get_item(
            TableName=self._table, Key={"modelId": {"S": model_id}}, ConsistentRead=True
        )
        if "Item" not in reply:
            raise ModelNotFoundError(model_id)
        return _model(reply["Item"])

    def all(self) -> Iterator[Model]:
        pages = self._dynamo.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True
        )
        items = [item for page in pages for item in page["Items"]]
        yield from sorted(map(_model, items), key=lambda model: model.model_id)

    def add(self, model: Model) -> None:
        new = {"ConditionExpression": "attribute_not_exists(modelId)"}
        put = {"TableName": self._table, "Item": as_item(model), **new}
        try:
            self._write(model, [{"Put": put}, {"Update": self._next_version()}])
        except Superseded:
            raise ModelAlreadyExistsError from None

    def replace(self, was: Model, now: Model) -> Model:
        stored = now.model_copy(update={"revision": was.revision + 1})
        put = {"TableName": self._table, "Item": as_item(stored), **_still(was)}
        writes: list[dict[str, Any]] = [{"Put": put}]
        if was.told != now.told:
            writes.append({"Update": self._next_version()})
        self._write(was, writes)
        return stored

    def remove(self, model: Model) -> None:
        key = {"modelId": {"S": model.model_id}}
        self._write(model, [{"Delete": {"TableName": self._table, "Key": key, **_still(model)}}])

    def _write(self, was: Model, writes: list[dict[str, Any]]) -> None:
        for attempt in range(TRIES):
            time.sleep(attempt * PAUSE_SECONDS)
            if self._written(was, writes):
                return
        raise Busy(f"Model {was.model_id} is changing at this very moment.")

    def _written(self, was: Model, writes: list[dict[str, Any]]) -> bool:
        """Write all or nothing; False when another write was under way."""
        try:
            self._dynamo.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if CONDITION in refusals(error):
                raise Superseded(f"Model {was.model_id} was changed by another request.") from None
            if CONFLICT in refusals(error):
                return False
            raise
        return True

    def _next_version(self) -> dict[str, Any]:
        return {
            "TableName": self._registry,
            "Key": {"scope": {"S": "version"}},
            "UpdateExpression": "ADD models :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }


def _still(was: Model) -> dict[str, Any]:
    return {
        "ConditionExpression": "revision = :revision AND createdAt = :created",
        "ExpressionAttributeValues": {
            ":revision": {"N": str(was.revision)},
            ":created": {"S": _document(was)["createdAt"]},
        },
    }


def _document(model: Model) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def as_item(model: Model) -> Item:
    """Return a row as the table keeps it."""
    return typed(_document(model))


def _model(item: Item) -> Model:
    return Model.model_validate(plain(item), strict=False)
