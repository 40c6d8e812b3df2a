"""RDS keeps the password of a database's first user, when it is asked to.

Symptoms: `ManageMasterUserPassword` is ignored: there is no secret, and its attribute
`MasterUserSecret.SecretArn` is refused. On AWS the secret bears RDS's name and a tag that tells
whose it is, has the user and the password, and goes with its database.
"""

import json
import secrets
import uuid
from typing import Any

from ministack.services import rds, secretsmanager
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Provisioned = tuple[str, dict[str, Any]]

ATTRIBUTE = "MasterUserSecret.SecretArn"

_database = provisioners._RESOURCE_HANDLERS["AWS::RDS::DBInstance"]
_create, _update, _delete = _database["create"], _database["update"], _database["delete"]


def _kept(name: str, properties: Properties) -> dict[str, Any]:
    """The attribute of a database whose password is kept, after making its secret once."""
    if str(properties.get("ManageMasterUserPassword")).lower() != "true":
        return {}
    instance = rds._instances[name]
    if "_secret" not in instance:
        instance["_secret"] = f"rds!db-{uuid.uuid4()}"
        user = {"username": properties["MasterUsername"], "password": secrets.token_urlsafe(21)}
        secretsmanager._create_secret(
            {
                "Name": instance["_secret"],
                "SecretString": json.dumps(user),
                "KmsKeyId": properties.get("MasterUserSecret", {}).get("KmsKeyId"),
                "Tags": [
                    {"Key": "aws:secretsmanager:owningService", "Value": "rds"},
                    {"Key": "aws:rds:primaryDBInstanceArn", "Value": instance["DBInstanceArn"]},
                ],
            }
        )
    return {ATTRIBUTE: secretsmanager._secrets[instance["_secret"]]["ARN"]}


def _create_with_secret(logical_id: str, properties: Properties, stack: str) -> Provisioned:
    name, attributes = _create(logical_id, properties, stack)
    return name, attributes | _kept(name, properties)


def _update_with_secret(
    name: str, old: Properties, new: Properties, stack: str, logical_id: str | None = None
) -> Provisioned:
    name, attributes = _update(name, old, new, stack, logical_id)
    return name, attributes | _kept(name, new)


def _delete_with_secret(name: str, properties: Properties) -> None:
    secret = rds._instances.get(name, {}).get("_secret")
    _delete(name, properties)
    secretsmanager._secrets.pop(secret, None)


def apply() -> None:
    """Wrap the handlers of databases."""
    _database.update(
        create=_create_with_secret, update=_update_with_secret, delete=_delete_with_secret
    )
