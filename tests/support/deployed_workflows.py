"""The workflows of a service as its templates deploy them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.cloudformation import parsed

HOME = Path("statemachines")


@dataclass(frozen=True)
class Workflow:
    """A state machine, the fact that starts it, and its tasks' resources as function names."""

    name: str
    started_by: str
    definition: dict[str, Any]


@cache
def workflows(service: str) -> dict[str, Workflow]:
    """Return every workflow, by the detail-type of the fact that starts it."""
    templates = [path for path in (HOME / service).glob("*.yaml") if ".asl." not in path.name]
    found = [
        _workflow(service, resource["Properties"], resources)
        for resources in [parsed(path.read_text())["Resources"] for path in templates]
        for resource in resources.values()
        if resource["Type"] == "AWS::Serverless::StateMachine"
    ]
    return {workflow.started_by: workflow for workflow in found}


def _workflow(service: str, properties: dict[str, Any], resources: dict[str, Any]) -> Workflow:
    [event] = properties["Events"].values()
    [started_by] = event["Properties"]["Pattern"]["detail-type"]
    text = (HOME / service / properties["DefinitionUri"]).read_text()
    for name, value in properties["DefinitionSubstitutions"].items():
        folder = resources[value["Fn::GetAtt"][0]]["Properties"]["CodeUri"]
        text = text.replace(f"${{{name}}}", f"{service}.{Path(folder).name}")
    return Workflow(Path(properties["DefinitionUri"]).name, started_by, yaml.safe_load(text))
