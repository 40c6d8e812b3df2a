"""The one page of routes, read: method, path, role and the function behind."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.support.lambdas import Function, all_functions
from tests.support.sources import ROOT
from tests.support.templates import Json, template

PAGE = ROOT / "functions/api/template.yaml"
METHODS = ("get", "post", "put", "patch", "delete")
_PREFIX, _SUFFIX = "${InvocationPrefix}-", "/invocations"


@dataclass(frozen=True)
class Route:
    """One operation of the page."""

    method: str
    path: str
    operation: Json
    path_parameters: tuple[str, ...]
    condition: str

    @property
    def role(self) -> str:
        role: str = self.operation["x-lisa-role"]
        return role

    @property
    def integration(self) -> Json:
        found: Json = self.operation["x-amazon-apigateway-integration"]
        return found

    @property
    def function(self) -> Function:
        """The function that answers, found by the name that the page knows."""
        name = invoked(self.integration["uri"])
        found = [one for one in all_functions() if one.name == name]
        assert len(found) == 1, f"{self} names {name}, which no template has"
        return found[0]

    def handler(self) -> Any:
        return self.function.handler()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


def invoked(uri: Json) -> str:
    """Return the name of the function, after the deployment's, that an address invokes."""
    text: str = uri["Fn::Sub"]
    assert text.startswith(_PREFIX)
    assert text.endswith(_SUFFIX)
    return text.removeprefix(_PREFIX).removesuffix(_SUFFIX)


def document() -> Json:
    """Return the OpenAPI document of the page."""
    found: Json = template(PAGE)["Resources"]["Api"]["Properties"]["DefinitionBody"]
    return found


@cache
def routes() -> tuple[Route, ...]:
    """Return every operation of the page that a function answers, or ought to."""
    return tuple(one for one in _operations() if not _is_file(one) and not _is_mock(one))


@cache
def files() -> tuple[Route, ...]:
    """Return every operation that S3 answers with a file of the web application."""
    return tuple(route for route in _operations() if _is_file(route))


@cache
def mocks() -> tuple[Route, ...]:
    """Return every operation that API Gateway answers by itself."""
    return tuple(route for route in _operations() if _is_mock(route))


def _is_mock(route: Route) -> bool:
    return bool(route.integration["type"] == "mock")


def _is_file(route: Route) -> bool:
    return route.integration["type"] == "aws" and ":s3:path/" in str(route.integration["uri"])


def _operations() -> tuple[Route, ...]:
    return tuple(
        Route(method, path, operation, _path_parameters(item, operation), condition)
        for path, (condition, item) in _paths().items()
        for method, operation in item.items()
        if method in METHODS
    )


def _paths() -> dict[str, tuple[str, Json]]:
    """Every path with the condition under which it is there, empty for always."""
    return {
        path: tuple(item["Fn::If"][:2]) if "Fn::If" in item else ("", item)
        for path, item in document()["paths"].items()
    }


def _path_parameters(item: Json, operation: Json) -> tuple[str, ...]:
    declared = [*item.get("parameters", []), *operation.get("parameters", [])]
    return tuple(one["name"] for one in declared if one["in"] == "path")
