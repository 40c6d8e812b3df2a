"""A model's stack as CloudFormation reads it: parameters, conditions and functions resolved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from model_stack import ModelStackSpec, render
from tests.support.cloudformation import Template, parsed

type Json = dict[str, Any]

PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws-test",
    "AWS::Region": "xx-test-1",
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "aws.test",
}
NO_VALUE = object()
NESTED = ("Capacity", "Service", "Scaling")
parse = cache(parsed)


@dataclass(frozen=True)
class Reading:
    """One template with the values of its parameters; what only AWS knows stays `<Name>`."""

    template: Template
    parameters: Mapping[str, Any]
    outputs: Mapping[str, Any]

    def resources(self) -> dict[str, Json]:
        """The resources whose condition holds, with their values."""
        found = self.template["Resources"].items()
        return {
            name: {"Type": one["Type"], "Properties": self.value(one["Properties"])}
            for name, one in found
            if "Condition" not in one or self.holds(one["Condition"])
        }

    def holds(self, condition: str) -> bool:
        return bool(self.value(self.template["Conditions"][condition]))

    def value(self, node: Any) -> Any:
        """A part of the template without intrinsic functions."""
        if isinstance(node, list):
            return [one for one in map(self.value, node) if one is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            [(name, argument)] = node.items()
            if name in ("Ref", "Condition") or name.startswith("Fn::"):
                return self._function(name.removeprefix("Fn::"), argument)
        read = {name: self.value(one) for name, one in node.items()}
        return {name: one for name, one in read.items() if one is not NO_VALUE}

    def _function(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._named(argument)
            case "GetAtt":
                path = ".".join(argument)
                return self.outputs.get(path, f"<{path}>")
            case "Sub":
                return self._substituted(argument)
            case "If":
                return self.value(argument[1 if self.holds(argument[0]) else 2])
            case "Base64":
                return self.value(argument)
        return self._text(name, argument)

    def _text(self, name: str, argument: Any) -> Any:
        match name:
            case "Join":
                return argument[0].join(map(str, self.value(argument[1])))
            case "Split":
                return str(self.value(argument[1])).split(argument[0])
            case "FindInMap":
                table, row, column = self.value(argument)
                return self.template["Mappings"][table][row][column]
        return self._logic(name, argument)

    def _logic(self, name: str, argument: Any) -> bool:
        match name:
            case "Condition":
                return self.holds(argument)
            case "Equals":
                return str(self.value(argument[0])) == str(self.value(argument[1]))
            case "Not":
                return not self.value(argument[0])
            case "And":
                return all(map(self.value, argument))
            case "Or":
                return any(map(self.value, argument))
        raise LookupError(f"Fn::{name} is not known here")

    def _named(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        if name not in self.parameters:
            return PSEUDO.get(name, f"<{name}>")
        given = self.parameters[name]
        kind = self.template["Parameters"].get(name, {"Type": "a pseudo parameter's"})["Type"]
        is_list = kind.startswith("List<") or kind == "CommaDelimitedList"
        return given.split(",") if is_list else given

    def _substituted(self, argument: Any) -> str:
        text, own = argument if isinstance(argument, list) else (argument, {})

        def value(match: re.Match[str]) -> str:
            name, dot, attribute = match[1].partition(".")
            if name in own:
                return str(self.value(own[name]))
            return str(self._function("GetAtt", [name, attribute]) if dot else self._named(name))

        return re.sub(r"\$\{([^}]+)\}", value, text)


@dataclass(frozen=True)
class Nested:
    """One nested stack: its template's text, what its parent gives it, and what that means."""

    name: str
    text: str
    reading: Reading


def nested_stacks(spec: ModelStackSpec) -> Iterator[Nested]:
    """The stacks inside a model's, in the order in which they are made."""
    rendered = render(spec)
    outputs: dict[str, Any] = {}
    root = parse(rendered.templates["template.yaml"])
    for name in NESTED:
        given = Reading(root, rendered.parameters, outputs).resources()[name]["Properties"]
        text = rendered.templates[given["TemplateURL"].removeprefix(f"{rendered.templates_url}/")]
        reading = Reading(parse(text), given["Parameters"], {})
        yield Nested(name, text, reading)
        for output, one in reading.template.get("Outputs", {}).items():
            outputs[f"{name}.Outputs.{output}"] = reading.value(one["Value"])


def resolved(spec: ModelStackSpec) -> dict[str, Json]:
    """Every resource of a model's stack, as `Capacity.AutoScalingGroup`."""
    return {
        f"{nested.name}.{name}": one
        for nested in nested_stacks(spec)
        for name, one in nested.reading.resources().items()
    }


def properties(spec: ModelStackSpec, resource: str) -> Json:
    """The properties of one resource of a model's stack."""
    found: Json = resolved(spec)[resource]["Properties"]
    return found
