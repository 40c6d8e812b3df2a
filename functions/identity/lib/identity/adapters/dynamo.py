"""The token table and the registry in DynamoDB."""

from collections.abc import Mapping

from boto3.dynamodb.types import TypeDeserializer

from kernel.observability import client


class DynamoTokens:
    """Rows by key, read consistently: a token removed a moment ago must not pass."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._read = TypeDeserializer().deserialize

    def get(self, key: str) -> Mapping[str, object] | None:
        reply = client("dynamodb").get_item(
            TableName=self._table, Key={"token": {"S": key}}, ConsistentRead=True
        )
        row = reply.get("Item")
        return None if row is None else {name: self._read(value) for name, value in row.items()}


class DynamoRegistry:
    """The registry's version item."""

    def __init__(self, table: str) -> None:
        self._table = table

    def bump_tokens(self) -> None:
        client("dynamodb").update_item(
            TableName=self._table,
            Key={"scope": {"S": "version"}},
            UpdateExpression="ADD #tokens :one",
            ExpressionAttributeNames={"#tokens": "tokens"},
            ExpressionAttributeValues={":one": {"N": "1"}},
        )
