"""DynamoDB's items: from plain values and back, and why a write was refused. For adapters alone."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

type Item = dict[str, Any]

# Why a write was refused, as a cancelled transaction says it of each of its writes.
CONDITION, CONFLICT = "ConditionalCheckFailed", "TransactionConflict"


def typed(values: Mapping[str, Any]) -> Item:
    """Return plain values as an item: floats become the decimals that they are written as."""
    serialize = TypeSerializer().serialize
    return {name: serialize(_each(value, _exact)) for name, value in values.items()}


def plain(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item's values without DynamoDB's types and decimals."""
    deserialize = TypeDeserializer().deserialize
    return {name: _each(deserialize(value), _number) for name, value in item.items()}


def refusals(error: ClientError) -> list[str]:
    """Return why a write was refused: for each write of a transaction, of one by itself its own.

    CONDITION when the row is not as it was read, CONFLICT when another write is under way. What
    cancels transactions besides, throttling first of all, goes by other names; what is no refusal
    has none.
    """
    match error.response["Error"]["Code"]:
        case "TransactionCanceledException":
            reasons = error.response.get("CancellationReasons", [])
            return [str(reason.get("Code")) for reason in reasons]
        case "ConditionalCheckFailedException":
            return [CONDITION]
        case "TransactionConflictException":
            return [CONFLICT]
        case _:
            return []


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value with each number and text in it changed."""
    match value:
        case dict():
            return {name: _each(part, change) for name, part in value.items()}
        case list():
            return [_each(part, change) for part in value]
        case _:
            return change(value)


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
