"""The tables: the version item, the routes, a token's row. Blocking, so never on the loop."""

from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.log import say
from gateway.snapshot import Route, Versions, route_of
from gateway.unavailable import Unavailable
from identity.tokens import lookup_keys

# Fail fast: whoever asks has a snapshot or a cache to fall back on.
QUICK = Config(
    connect_timeout=1,
    read_timeout=2,
    retries={"total_max_attempts": 2, "mode": "standard"},
    max_pool_connections=16,
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

    def versions(self) -> Versions:
        try:
            answer = self._client.get_item(
                TableName=self._registry_table, Key={"scope": {"S": "version"}}
            )
        except (BotoCoreError, ClientError) as error:
            raise outage(error) from None
        item = _plain(answer.get("Item", {}))
        return Versions(models=int(item.get("models", 0)), tokens=int(item.get("tokens", 0)))

    def routes(self) -> dict[str, Route]:
        found: dict[str, Route] = {}
        for row in self._callable_rows():
            route = route_of(row)
            if route is None:
                say("route unusable", model=str(row.get("modelId")), fix="save the model again")
            else:
                found[route.model_id] = route
        return found

    def _callable_rows(self) -> Iterator[Row]:
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._models_table,
            # The version has moved already and will not move again for this change.
            ConsistentRead=True,
            ProjectionExpression="modelId, #route, contextWindow, plannedContext",
            FilterExpression="attribute_exists(#route)",
            ExpressionAttributeNames={"#route": "route"},
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
