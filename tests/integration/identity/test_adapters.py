"""The adapters against DynamoDB."""

from typing import Any

import pytest

from identity.adapters.dynamo import DynamoRegistry, DynamoTokens

TOKENS, REGISTRY = "test-LISAApiTokenTable", "test-LISARegistryTable"


def test_a_row_is_read_as_plain_values(dynamodb: Any) -> None:
    row = {"token": {"S": "t"}, "groups": {"SS": ["a"]}, "hashed": {"BOOL": True}}
    dynamodb.put_item(TableName=TOKENS, Item=row)
    assert DynamoTokens(TOKENS).get("t") == {"token": "t", "groups": {"a"}, "hashed": True}


def test_a_missing_row_is_none(dynamodb: Any) -> None:
    assert DynamoTokens(TOKENS).get("t") is None


@pytest.mark.promise("tokens.table-name")
def test_the_longest_key_that_is_looked_up_fits_the_table(dynamodb: Any) -> None:
    assert DynamoTokens(TOKENS).get("t" * 2048) is None


def test_bumping_counts_from_nothing_and_leaves_the_models_alone(dynamodb: Any) -> None:
    key = {"scope": {"S": "version"}}
    DynamoRegistry(REGISTRY).bump_tokens()
    dynamodb.update_item(
        TableName=REGISTRY,
        Key=key,
        UpdateExpression="ADD models :n",
        ExpressionAttributeValues={":n": {"N": "7"}},
    )
    DynamoRegistry(REGISTRY).bump_tokens()
    item = dynamodb.get_item(TableName=REGISTRY, Key=key)["Item"]
    assert item == key | {"tokens": {"N": "2"}, "models": {"N": "7"}}
