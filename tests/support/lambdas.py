"""The Lambda functions of the templates: folder, handler, variables, layers and permissions."""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.sources import tracked
from tests.support.templates import (
    FUNCTION,
    Json,
    paths,
    relative,
    resource_behind,
    resources,
    statements,
    template,
)


@dataclass(frozen=True)
class Function:
    """One function, with the template's Globals merged in."""

    template: Path
    logical_id: str
    properties: Json

    @property
    def folder(self) -> Path:
        uri: str = self.properties["CodeUri"]
        return (self.template.parent / uri).resolve()

    @property
    def service(self) -> str:
        return self.folder.parent.name

    @property
    def name(self) -> str:
        """What the template calls it, after the deployment's name."""
        name: str = self.properties["FunctionName"]["Fn::Sub"]
        return name.removeprefix("${DeploymentName}-")

    @property
    def variables(self) -> Json:
        found: Json = self.properties.get("Environment", {}).get("Variables", {})
        return found

    def handler(self) -> Any:
        """Return the real handler."""
        return importlib.import_module(f"functions.{self.service}.{self.folder.name}.app").handler

    def python_path(self) -> list[str]:
        """Return the folders of our own layers, in the order in which the function gets them."""
        layers = (resource_behind(self.template, one) for one in self.properties["Layers"])
        found = [(path, one["Properties"]["ContentUri"]) for path, one in filter(None, layers)]
        return [str((path.parent / content).resolve()) for path, content in found]

    def allowed(self) -> list[Json]:
        """Return the statements of its policies, those of named policies too."""
        found: list[Json] = []
        for policy in self.properties.get("Policies", []):
            named = resource_behind(self.template, policy)
            found += statements(named[1] if named else policy)
        return found


@cache
def all_functions() -> tuple[Function, ...]:
    """Return every function of every template."""
    return tuple(
        Function(path, name, _merged(path, own))
        for path in paths()
        for name, own in resources(path, FUNCTION).items()
    )


@cache
def apps() -> tuple[Path, ...]:
    """Return every app.py that is to be a Lambda function."""
    return tuple(path for path in tracked(":(glob)functions/*/*/app.py"))


def identifier(function: Function) -> str:
    """Return how a test names a function."""
    return relative(function.folder).removeprefix("functions/")


def _merged(path: Path, own: Json) -> Json:
    shared = template(path).get("Globals", {}).get("Function", {})
    variables = {
        **shared.get("Environment", {}).get("Variables", {}),
        **own.get("Environment", {}).get("Variables", {}),
    }
    # SAM joins lists: a function's own layers come after everybody's.
    layers = [*shared.get("Layers", []), *own.get("Layers", [])]
    return {**shared, **own, "Layers": layers, "Environment": {"Variables": variables}}
