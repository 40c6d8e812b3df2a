"""What AWS publishes about a resource type: what replaces it, and what making it may ask for."""

from functools import cache
from typing import Any

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

type Json = dict[str, Any]

# One region of each partition.
REGIONS = (
    "us-east-1",
    "us-gov-west-1",
    "cn-north-1",
    "eusc-de-east-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "us-isof-south-1",
    "eu-isoe-west-1",
)


@cache
def schema(resource_type: str, region: str = REGIONS[0]) -> Json:
    """The published schema of a resource type; raises where the region does not have it."""
    found: Json = PROVIDER_SCHEMA_MANAGER.get_resource_schema(region, resource_type).schema
    return found


def replaced_by(resource_type: str) -> set[tuple[str, ...]]:
    """The properties whose change makes a new resource in the place of the old one."""
    about = schema(resource_type)
    paths = about.get("createOnlyProperties", []) + about.get("conditionalCreateOnlyProperties", [])
    return {tuple(path.removeprefix("/properties/").split("/")) for path in paths}


def permissions(resource_type: str) -> set[str]:
    """The actions that CloudFormation may take to make, read, change and remove a resource."""
    handlers = schema(resource_type)["handlers"]
    return {
        action
        for name in ("create", "read", "update", "delete")
        for action in handlers.get(name, {}).get("permissions", [])
    }
