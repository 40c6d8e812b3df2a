"""The tables: the version item, the routes, a token's row. Blocking, so never on the loop."""

from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.log import say
from gateway.prices import Prices
from gateway.snapshot import Route, Snapshot, Versions, by_id, route_of, waiting_of
from gateway.unavailable import Unavailable
from identity.tokens import lookup_keys

# Fail fast: whoever asks has a snapshot or a cache to fall back on.
QUICK = Config(
    connect_timeout=1,
    read_timeout=2,
    retries={"total_max_attempts": 2, "mode": "standard"},
    max_pool_connections=16,
)

# What is read of a row, and of the definition in it.
COLUMNS = ("modelId", "#route", "#status", "createdAt", "contextWindow", "plannedContext")
DEFINED = (
    "modelType",
    "streaming",
    "allowedGroups",
    "fallbacks",
    "modelDescription",
    "features",
)

type Row = Mapping[str, Any]


def outage(error: Exception) -> Unavailable:
    # A read that timed out has a response, and it is None.
    details = (getattr(error, "response", None) or {}).get("Error", {})
    return Unavailable(details.get("Code", type(error).__name__))


class Registry:
    def __init__(self, models_table: str, registry_table: str) -> None:
        self._models_table = models_table
        self._registry_table = registry_table
        self._client = boto3.client("dynamodb", config=QUICK)
        self._prices = Prices(self._client.meta.region_name)

    def versions(self) -> Versions:
        try:
            answer = self._client.get_item(
                TableName=self._registry_table, Key={"scope": {"S": "version"}}
            )
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        item = _plain(answer.get("Item", {}))
        return Versions(models=int(item.get("models", 0)), tokens=int(item.get("tokens", 0)))

    def models(self, versions: Versions) -> Snapshot:
        """The models as they are now, under the versions that were read before."""
        routes: list[Route] = []
        waiting: list[Route | None] = []
        for row in self._rows():
            if "route" not in row:
                waiting.append(waiting_of(row))
            elif route := route_of(row):
                routes.append(route)
            else:
                say("route unusable", model=str(row.get("modelId")), fix="save the model again")
        return Snapshot(versions, by_id(self._prices.of(routes)), by_id(filter(None, waiting)))

    def _rows(self) -> Iterator[Row]:
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._models_table,
            # The version has moved already and will not move again for this change.
            ConsistentRead=True,
            ProjectionExpression=", ".join([*COLUMNS, *(f"#config.{name}" for name in DEFINED)]),
            ExpressionAttributeNames={"#route": "route", "#status": "status", "#config": "config"},
        )
        try:
            for page in pages:
                yield from map(_plain, page["Items"])
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None


class TokenRows:
    def __init__(self, tokens_table: str) -> None:
        self._tokens_table = tokens_table
        self._client = boto3.client("dynamodb", config=QUICK)

    def find(self, presented: str) -> Row | None:
        """The row that a presented token may belong to: by its hash, else by itself."""
        return next(filter(None, map(self._get, dict.fromkeys(lookup_keys(presented)))), None)

    def _get(self, key: str) -> Row | None:
        try:
            # Consistent, because a revocation is announced once and must then be seen.
            answer = self._client.get_item(
                TableName=self._tokens_table, Key={"token": {"S": key}}, ConsistentRead=True
            )
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        return _plain(answer["Item"]) if "Item" in answer else None


class Secrets:
    """Keys of providers, in Secrets Manager."""

    def __init__(self) -> None:
        self._client = boto3.client("secretsmanager", config=QUICK)

    def value(self, name: str, version: str) -> str:
        """The text of one version of a secret; the newest if no version is named."""
        which = {"VersionId": version} if version else {}
        try:
            answer = self._client.get_secret_value(SecretId=name, **which)
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        return str(answer.get("SecretString", ""))


def _plain(item: Mapping[str, Any]) -> Row:
    read = TypeDeserializer().deserialize
    return {name: read(value) for name, value in item.items()}
