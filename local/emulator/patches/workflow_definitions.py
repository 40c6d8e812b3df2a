"""State machines written in YAML.

Symptom: executions of a state machine whose DefinitionUri is a YAML file end with `Could not parse
state machine definition`. CloudFormation on AWS takes JSON and YAML.
"""

import json
from typing import Any

import yaml
from ministack.services.cloudformation import provisioners

_definition = provisioners._sfn_definition


def as_json(definition: str) -> str:
    """Return a definition as JSON; one that is neither JSON nor YAML stays for Step Functions."""
    try:
        parsed = yaml.safe_load(definition)
    except yaml.YAMLError:
        return definition
    return json.dumps(parsed) if isinstance(parsed, dict) else definition


def _read_definition(properties: dict[str, Any]) -> str:
    return as_json(_definition(properties))


def apply() -> None:
    """Read the definitions of templates as AWS does."""
    provisioners._sfn_definition = _read_definition
