"""Details of single resource types that templates rely on.

Symptoms: `TimeToLiveSpecification` of a table is ignored, and `Ref` of a secret gives its name.
On AWS the table expires items by that attribute, and `Ref` of a secret is its ARN.
"""

from typing import Any

from ministack.services import dynamodb, secretsmanager
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Provisioned = tuple[str, dict[str, Any]]

_table = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
_create_table, _update_table = _table["create"], _table["update"]
_secret = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
_create_secret, _update_secret, _delete_secret = (
    _secret["create"],
    _secret["update"],
    _secret["delete"],
)


def _apply_time_to_live(table: str, properties: Properties) -> None:
    wanted = properties.get("TimeToLiveSpecification")
    if wanted:
        enabled = str(wanted.get("Enabled")).lower() == "true"
        setting = {"AttributeName": wanted.get("AttributeName"), "Enabled": enabled}
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": setting})


def _create_table_with_ttl(logical_id: str, properties: Properties, stack: str) -> Provisioned:
    table, attributes = _create_table(logical_id, properties, stack)
    _apply_time_to_live(table, properties)
    return table, attributes


def _update_table_with_ttl(
    table: str, old: Properties, new: Properties, stack: str, logical_id: str | None = None
) -> Provisioned:
    table, attributes = _update_table(table, old, new, stack, logical_id)
    if new.get("TimeToLiveSpecification") != old.get("TimeToLiveSpecification"):
        _apply_time_to_live(table, new)
    return table, attributes


def _secret_name(arn: str) -> str:
    named = (name for name, secret in secretsmanager._secrets.items() if secret.get("ARN") == arn)
    return next(named, arn)


def _create_secret_as_arn(logical_id: str, properties: Properties, stack: str) -> Provisioned:
    _, attributes = _create_secret(logical_id, properties, stack)
    return attributes["Arn"], attributes


def _update_secret_as_arn(
    arn: str, old: Properties, new: Properties, stack: str, logical_id: str | None = None
) -> Provisioned:
    _, attributes = _update_secret(_secret_name(arn), old, new, stack, logical_id)
    return attributes.get("Arn", arn), attributes


def _delete_secret_by_arn(arn: str, properties: Properties) -> None:
    _delete_secret(_secret_name(arn), properties)


def apply() -> None:
    """Wrap the handlers of the two resource types."""
    _table.update(create=_create_table_with_ttl, update=_update_table_with_ttl)
    _secret.update(
        create=_create_secret_as_arn,
        update=_update_secret_as_arn,
        update_with_logical_id=True,
        delete=_delete_secret_by_arn,
    )
