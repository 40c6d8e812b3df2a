"""API tokens in DynamoDB, as people manage them."""

from collections.abc import Iterator
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from identity.api_token import ApiToken
from identity.faults import TokenChangedError, TokenNotFoundError
from kernel.items import typed
from kernel.observability import client

BY_USER = "username-index"
# All three are words of DynamoDB's own, or might become some.
NAMES = {"#token": "token", "#end": "tokenExpiration", "#name": "name"}


class DynamoTokenBook:
    """The `TokenBook` port. Tokens put by hand have no `hashed`, whatever else they have."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._dynamo = client("dynamodb")

    def add(self, token: ApiToken) -> None:
        self._dynamo.put_item(
            TableName=self._table,
            Item=typed(token.row()),
            ConditionExpression="attribute_not_exists(#token)",
            ExpressionAttributeNames={"#token": "token"},
        )

    def of(self, username: str) -> Iterator[ApiToken]:
        pages = self._dynamo.get_paginator("query").paginate(
            TableName=self._table,
            IndexName=BY_USER,
            KeyConditionExpression="username = :username",
            FilterExpression="hashed = :true",
            ExpressionAttributeValues={":username": {"S": username}, ":true": {"BOOL": True}},
            ScanIndexForward=False,
        )
        yield from (_token(item) for page in pages for item in page["Items"])

    def all(self) -> Iterator[ApiToken]:
        pages = self._dynamo.get_paginator("scan").paginate(
            TableName=self._table, ConsistentRead=True
        )
        yield from (_token(item) for page in pages for item in page["Items"])

    def fresh(self, token: ApiToken) -> ApiToken:
        reply = self._dynamo.get_item(TableName=self._table, Key=_key(token), ConsistentRead=True)
        if "Item" not in reply:
            raise TokenNotFoundError
        return _token(reply["Item"])

    def replace(self, was: ApiToken, now: ApiToken) -> None:
        values: dict[str, object] = {":name": now.name}
        change, still = "SET #name = :name REMOVE #end", "attribute_exists(#token)"
        if now.expires_at is not None:
            values[":end"], change = now.expires_at, "SET #name = :name, #end = :end"
        # The end of a row put by hand may be written in any way; only administrators come here.
        if was.expires_at is not None and not was.by_hand:
            values[":was"], still = was.expires_at, f"{still} AND #end = :was"
        elif not was.by_hand:
            still = f"{still} AND attribute_not_exists(#end)"
        try:
            self._dynamo.update_item(
                TableName=self._table,
                Key=_key(now),
                UpdateExpression=change,
                ConditionExpression=still,
                ExpressionAttributeNames=NAMES,
                ExpressionAttributeValues=typed(values),
            )
        except self._dynamo.exceptions.ConditionalCheckFailedException:
            raise TokenChangedError from None

    def remove(self, token: ApiToken) -> None:
        try:
            self._dynamo.delete_item(
                TableName=self._table,
                Key=_key(token),
                ConditionExpression="attribute_exists(#token)",
                ExpressionAttributeNames={"#token": "token"},
            )
        except self._dynamo.exceptions.ConditionalCheckFailedException:
            raise TokenNotFoundError from None


def _key(token: ApiToken) -> dict[str, Any]:
    return {"token": {"S": token.key}}


def _token(item: dict[str, Any]) -> ApiToken:
    read = TypeDeserializer().deserialize
    return ApiToken.of({name: read(value) for name, value in item.items()})
