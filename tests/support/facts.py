"""Contracts, samples and rules: how facts are written down, and who listens to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.lambdas import Function, all_functions
from tests.support.sources import ROOT, git
from tests.support.templates import WORKFLOW, Json, paths, resources

SAMPLES = ROOT / "events/samples"
CONTRACTS = "events/contracts"


@cache
def samples() -> dict[str, Json]:
    """Return every sample, by source and detail-type such as `models/ModelReady.v1`."""
    return {
        path.relative_to(SAMPLES).with_suffix("").as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(SAMPLES.glob("*/*.json"))
    }


@dataclass(frozen=True)
class Rule:
    """One rule of the bus, and the function that it starts, if it starts one of ours."""

    template: Path
    name: str
    pattern: Json
    properties: Json
    function: Function | None = None

    def heard(self) -> list[str]:
        """Return the samples that the rule lets through."""
        return [name for name, sample in samples().items() if matches(self.pattern, sample)]


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of every template."""
    return (*_of_functions(), *_of_workflows(), *_of_templates())


def _of_functions() -> Iterator[Rule]:
    for function in all_functions():
        for name, event in _listening(function.properties):
            title = f"{function.logical_id}.{name}"
            yield Rule(function.template, title, event["Pattern"], event, function)


def _of_workflows() -> Iterator[Rule]:
    for path in paths():
        for name, workflow in resources(path, WORKFLOW).items():
            for rule, event in _listening(workflow):
                yield Rule(path, f"{name}.{rule}", event["Pattern"], event)


def _of_templates() -> Iterator[Rule]:
    for path in paths():
        for name, rule in resources(path, "AWS::Events::Rule").items():
            for target in rule["Targets"]:
                properties = {**rule, **target, "RuleName": rule.get("Name")}
                yield Rule(path, name, rule["EventPattern"], properties)


def _listening(properties: Json) -> Iterator[tuple[str, Json]]:
    for name, event in properties.get("Events", {}).items():
        if event["Type"] in ("EventBridgeRule", "CloudWatchEvent"):
            yield name, event["Properties"]


def matches(pattern: Json, event: Json) -> bool:
    """Tell whether EventBridge would let an event through: the operators that we use."""
    return all(
        matches(wanted, event.get(name, {}))
        if isinstance(wanted, dict)
        else any(_accepts(one, event.get(name)) for one in wanted)
        for name, wanted in pattern.items()
    )


def _accepts(wanted: Any, value: Any) -> bool:
    match wanted:
        case {"prefix": prefix}:
            return isinstance(value, str) and value.startswith(prefix)
        case {"exists": exists}:
            return (value is not None) is exists
        case {"anything-but": {"prefix": prefix}}:
            return isinstance(value, str) and not value.startswith(prefix)
        case {"anything-but": refused}:
            return value is not None and value not in refused
        case {"Ref": _}:
            # Something of this deployment, whose name nobody knows before it is made.
            return isinstance(value, str)
        case dict():
            raise NotImplementedError(f"no pattern of ours had {wanted} before")
    return bool(wanted == value)


def published() -> Iterator[tuple[str, Json]]:
    """Yield each committed version of each contract that is still there: its path, its schema."""
    for commit in git("log", "--format=%H", "--", CONTRACTS).split():
        for path in git("ls-tree", "-r", "--name-only", commit, CONTRACTS).splitlines():
            if (ROOT / path).is_file():
                yield path, json.loads(git("show", f"{commit}:{path}"))


def breaks(before: Json, after: Json) -> list[str]:
    """Return why whoever reads the contract as it was could not read it as it is."""
    was, now = _resolved(before, before), _resolved(after, after)
    return list(_differences(was, now, "detail"))


def _differences(was: Json, now: Json, where: str) -> Iterator[str]:
    if _kind(was) != _kind(now):
        yield f"{where} changes its type"
    for name in sorted({*was.get("required", [])} ^ {*now.get("required", [])}):
        yield f"{where}.{name} is no longer, or newly, required"
    for name, part in was.get("properties", {}).items():
        if name not in now.get("properties", {}):
            yield f"{where}.{name} is gone"
        else:
            yield from _differences(part, now["properties"][name], f"{where}.{name}")


def _kind(schema: Json) -> Json:
    kept = ("type", "format", "anyOf", "items", "enum", "const", "additionalProperties")
    return {name: schema[name] for name in kept if name in schema}


def _resolved(schema: Any, document: Json) -> Any:
    """Return a schema with its references replaced by what they mean."""
    match schema:
        case {"$ref": reference}:
            return _resolved(document["$defs"][reference.rpartition("/")[2]], document)
        case dict():
            return {name: _resolved(part, document) for name, part in schema.items()}
        case list():
            return [_resolved(part, document) for part in schema]
    return schema
