"""Attributes for `Fn::GetAtt` that ministack does not return.

Symptom: `Requested attribute CidrBlock does not exist in schema for AWS::EC2::VPC`. AWS documents
these attributes as return values of the types.
"""

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

Values = dict[str, Any]
Added = Callable[[Values, Values], Values]  # (properties, attributes known) -> attributes missing


def _cidr_block(properties: Values, known: Values) -> Values:
    return {"CidrBlock": properties.get("CidrBlock")}


def _subnet(properties: Values, known: Values) -> Values:
    return {"CidrBlock": properties.get("CidrBlock"), "VpcId": properties.get("VpcId")}


def _provider_url(properties: Values, known: Values) -> Values:
    return {"ProviderURL": f"https://{known['ProviderName']}"}


MISSING: dict[str, Added] = {
    "AWS::Cognito::UserPool": _provider_url,
    "AWS::EC2::Subnet": _subnet,
    "AWS::EC2::VPC": _cidr_block,
}


def _complete(create: Callable[..., Any], add: Added) -> Callable[..., Any]:
    def completed(logical_id: str, properties: Values, stack: str) -> Any:
        physical_id, attributes = create(logical_id, properties, stack)
        return physical_id, {**add(properties, attributes), **attributes}

    return completed


def _complete_update(update: Callable[..., Any], add: Added) -> Callable[..., Any]:
    def completed(physical_id: str, old: Values, new: Values, *rest: Any) -> Any:
        physical_id, attributes = update(physical_id, old, new, *rest)
        return physical_id, {**add(new, attributes), **attributes}

    return completed


def apply() -> None:
    """Complete what creating and updating each type returns."""
    for resource_type, add in MISSING.items():
        handler = provisioners._RESOURCE_HANDLERS[resource_type]
        handler["create"] = _complete(handler["create"], add)
        if "update" in handler:
            handler["update"] = _complete_update(handler["update"], add)
