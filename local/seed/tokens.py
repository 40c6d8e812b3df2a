"""The ready API token: a row of the token table, put as an operator would put it."""

import secrets
from typing import TYPE_CHECKING

from local.seed.keepsake import Keepsake

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def ensure_token(dynamodb: "DynamoDBClient", table: str, keepsake: Keepsake) -> str:
    """The same token at every run; its row is put only when it is missing."""
    token = keepsake.once("token", lambda: f"lisa-{secrets.token_urlsafe(24)}")
    key = {"token": {"S": token}}
    if "Item" not in dynamodb.get_item(TableName=table, Key=key):
        dynamodb.put_item(TableName=table, Item=key)
    return token
