"""The Lambda functions of the templates: folder, handler, variables, layers and permissions."""

import importlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.sources import ROOT, tracked
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

ACCOUNT = "arn:aws:lambda:eu-west-1:123456789012:function"


@dataclass(frozen=True)
class Function:
    """One function, with the template's Globals merged in."""

    template: Path
    logical_id: str
    properties: Json

    @property
    def folder(self) -> Path:
        return (self.template.parent / self.properties["CodeUri"]).resolve()

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
    return {**shared, **own, "Environment": {"Variables": variables}}


@dataclass
class Context:
    """What Lambda hands to a function beside the event."""

    function_name: str = "test-function"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = f"{ACCOUNT}:test-function"
    aws_request_id: str = "request-1"


# As the authorizer of `identity` says it: flat texts.
ADMIN = {
    "sub": "sub-ada",
    "username": "ada",
    "groups": '["lisa-admins"]',
    "admin": "true",
    "exp": "0",
    "authType": "jwt",
}
USER = ADMIN | {"sub": "sub-bob", "username": "bob", "groups": "[]", "admin": "false"}


def request(caller: dict[str, str] | None, body: Any = None, **path: str) -> Json:
    """Return a request as API Gateway hands it to a function; None is a caller unknown."""
    context: Json = {"requestId": "request-1"}
    if caller is not None:
        context["authorizer"] = caller
    return {
        "requestContext": context,
        "pathParameters": path or None,
        "body": body if body is None or isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }
