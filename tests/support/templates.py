"""The templates that are deployed: found, read with their intrinsic functions kept, and joined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support.sources import ROOT, tracked

type Json = dict[str, Any]
type Keys = tuple[str | int, ...]

FUNCTION = "AWS::Serverless::Function"
WORKFLOW = "AWS::Serverless::StateMachine"
_CHILDREN = {
    "AWS::Serverless::Application": "Location",
    "AWS::CloudFormation::Stack": "TemplateURL",
}
_OUTPUT = re.compile(r"\$\{(\w+)\.Outputs\.(\w+)\}")


class _Loader(yaml.CSafeLoader):
    """YAML with `!Ref x` read as `{"Ref": x}`, as CloudFormation does."""


def _intrinsic(loader: _Loader, name: str, node: yaml.Node) -> Json:
    key = name if name in ("Ref", "Condition") else f"Fn::{name}"
    match node:
        case yaml.ScalarNode():
            text = loader.construct_scalar(node)
            return {key: str(text).split(".", 1) if name == "GetAtt" else text}
        case yaml.SequenceNode():
            return {key: loader.construct_sequence(node, deep=True)}
        case yaml.MappingNode():
            return {key: loader.construct_mapping(node, deep=True)}
    raise TypeError(f"!{name} of an unknown kind of node")


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def template(path: Path) -> Json:
    """Return one template, read once a run: never change it."""
    found: Json = yaml.load(path.read_text("utf-8"), _Loader)
    return found


@cache
def paths() -> tuple[Path, ...]:
    """Return where the templates lie."""
    return tuple(
        path
        for path in tracked("*.yaml")
        if path.read_text("utf-8").startswith("AWSTemplateFormatVersion")
    )


def walk(node: Any, keys: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Yield a document's every part, with the keys that lead to it."""
    yield keys, node
    if isinstance(node, dict | list):
        for key, part in node.items() if isinstance(node, dict) else enumerate(node):
            yield from walk(part, (*keys, key))


def resources(path: Path, kind: str) -> dict[str, Json]:
    """Return the properties of a template's resources of one kind, by logical id."""
    found = template(path)["Resources"].items()
    return {name: one.get("Properties", {}) for name, one in found if one["Type"] == kind}


def statements(document: Any) -> list[Json]:
    """Return every statement that allows something, wherever in a document it stands."""
    return [
        part
        for _, part in walk(document)
        if isinstance(part, dict) and part.get("Effect") == "Allow"
    ]


def actions(statement: Json) -> list[str]:
    """Return a statement's actions as a list."""
    named = statement["Action"]
    return named if isinstance(named, list) else [named]


@dataclass(frozen=True)
class Child:
    """A nested stack as its parent sees it."""

    parent: Path
    logical_id: str
    path: Path
    parameters: Json


@cache
def children() -> tuple[Child, ...]:
    """Return every nested stack whose template is a file beside its parent's."""
    return tuple(
        Child(path, name, (path.parent / one[key]).resolve(), one.get("Parameters", {}))
        for path in paths()
        for kind, key in _CHILDREN.items()
        for name, one in resources(path, kind).items()
        if isinstance(one[key], str)
    )


def outputs_read(path: Path) -> set[tuple[str, str]]:
    """Return each (nested stack, output) that a template reads, by GetAtt or inside a Sub."""
    found: set[tuple[str, str]] = set()
    for keys, part in walk(template(path)):
        if keys[-1:] == ("Fn::GetAtt",) and part[1].startswith("Outputs."):
            found.add((part[0], part[1].removeprefix("Outputs.")))
        elif isinstance(part, str):
            found.update(_OUTPUT.findall(part))
    return found


def resource_behind(path: Path, value: Any) -> tuple[Path, Json] | None:
    """Return the resource that a Ref or GetAtt means, through nested stacks; else None.

    A parameter is followed to the parent that gives it.
    """
    name, output = _reference(value)
    if name is None:
        return None
    if name in template(path).get("Parameters", {}):
        given = (child for child in children() if child.path == path and name in child.parameters)
        parent = next(given, None)
        return resource_behind(parent.parent, parent.parameters[name]) if parent else None
    if output is None:
        return path, template(path)["Resources"][name]
    (nested,) = (one for one in children() if (one.parent, one.logical_id) == (path, name))
    return resource_behind(nested.path, template(nested.path)["Outputs"][output]["Value"])


def _reference(value: Any) -> tuple[str | None, str | None]:
    match value:
        case {"Ref": name}:
            return name, None
        case {"Fn::GetAtt": [name, attribute]}:
            output = attribute.removeprefix("Outputs.")
            return name, None if output == attribute else output
    return None, None


def relative(path: Path) -> str:
    """Return a path as people say it, for the names of tests."""
    return path.relative_to(ROOT).as_posix()
