"""The workflows of a service as its templates deploy them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.cloudformation import parsed

HOMES = (Path("statemachines"), Path("functions"))
KIND = "AWS::Serverless::StateMachine"


@dataclass(frozen=True)
class Workflow:
    """A state machine, the fact that starts it, and its tasks' resources as function names."""

    name: str
    started_by: str
    definition: dict[str, Any]


@cache
def workflows(service: str) -> dict[str, Workflow]:
    """Return every workflow, by the detail-type of the fact that starts it."""
    found = [
        workflow
        for home in HOMES
        for path in sorted((home / service).glob("*.yaml"))
        for workflow in _workflows(service, path)
    ]
    return {workflow.started_by: workflow for workflow in found}


def _workflows(service: str, path: Path) -> list[Workflow]:
    text = path.read_text()
    if KIND not in text:
        return []
    resources = parsed(text)["Resources"]
    return [
        _workflow(
            service, path.parent / resource["Properties"]["DefinitionUri"], resource, resources
        )
        for resource in resources.values()
        if resource["Type"] == KIND
    ]


def _workflow(
    service: str, path: Path, resource: dict[str, Any], resources: dict[str, Any]
) -> Workflow:
    properties = resource["Properties"]
    [event] = properties["Events"].values()
    [started_by] = event["Properties"]["Pattern"]["detail-type"]
    text = path.read_text()
    for name, value in properties["DefinitionSubstitutions"].items():
        folder = resources[value["Fn::GetAtt"][0]]["Properties"]["CodeUri"]
        text = text.replace(f"${{{name}}}", f"{service}.{Path(folder).name}")
    return Workflow(path.name, started_by, yaml.safe_load(text))
