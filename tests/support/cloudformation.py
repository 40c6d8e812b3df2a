"""Templates as plain dictionaries, their findings by cfn-lint and the permissions in them."""

import json
import re
from pathlib import Path
from typing import Any

from cfnlint.api import ManualArgs, lint, lint_file  # type: ignore[import-untyped]
from cfnlint.context.parameters import ParameterSet  # type: ignore[import-untyped]
from cfnlint.decode import cfn_yaml  # type: ignore[import-untyped]

type Template = dict[str, Any]

REGION = ManualArgs(regions=["us-east-1"])
# AWS takes these for every resource or for none.
WITHOUT_RESOURCE = {
    "ecr:GetAuthorizationToken",
    "ecs:CreateCapacityProvider",
    "ecs:DeregisterTaskDefinition",
    "ecs:DiscoverPollEndpoint",
    "ecs:RegisterTaskDefinition",
    "xray:PutTraceSegments",
}


def parsed(text: str) -> Template:
    """Read a template; intrinsic functions appear in their long form."""
    template: Template = json.loads(json.dumps(cfn_yaml.loads(text)))
    return template


def findings(text: str) -> list[str]:
    """What cfn-lint says about a template's text."""
    return [str(match) for match in lint(text, config=REGION)]


def findings_with(text: str, parameters: dict[str, Any]) -> list[str]:
    """What cfn-lint says about a template's text with these values of its parameters."""
    given = [ParameterSet(source=None, parameters=parameters)]
    config = ManualArgs(regions=REGION["regions"], parameters=given)
    return [str(match) for match in lint(text, config=config)]


def findings_of(path: Path) -> list[str]:
    """What cfn-lint says about a template that names its neighbours."""
    return [str(match) for match in lint_file(path, config=REGION)]


def statements(template: Template) -> list[dict[str, Any]]:
    """Every statement that allows something, those of a condition too."""
    return [one for resource in template["Resources"].values() for one in _allowed_by(resource)]


def _allowed_by(resource: dict[str, Any]) -> list[dict[str, Any]]:
    properties = resource["Properties"]
    documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])]
    documents += [properties[name] for name in ("PolicyDocument",) if name in properties]
    found = [statement for document in documents for statement in document["Statement"]]
    plain = [one["Fn::If"][1] if "Fn::If" in one else one for one in found]
    return [statement for statement in plain if statement["Effect"] == "Allow"]


def actions(statement: dict[str, Any]) -> list[str]:
    """A statement's actions, as a list."""
    named = statement["Action"]
    return named if isinstance(named, list) else [named]


def too_wide(template: Template) -> list[dict[str, Any]]:
    """Statements that allow a pattern of actions, or every resource without need."""
    return [
        statement
        for statement in statements(template)
        if any("*" in action for action in actions(statement))
        or (statement["Resource"] == "*" and not _need_no_resource(statement))
    ]


def _need_no_resource(statement: dict[str, Any]) -> bool:
    return all(one in WITHOUT_RESOURCE or ":Describe" in one for one in actions(statement))


def accepts(declared: dict[str, Any], value: str) -> bool:
    """Return whether a declared parameter takes a value."""
    return (
        (declared["Type"] != "Number" or re.fullmatch(r"\d+(\.\d+)?", value) is not None)
        and value in map(str, declared.get("AllowedValues", [value]))
        and len(value) <= int(declared.get("MaxLength", 4096))
        and re.fullmatch(declared.get("AllowedPattern", ".*"), value) is not None
    )
