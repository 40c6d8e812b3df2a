"""The OpenAPI document says what the page of routes and the handlers say, and nothing else."""

import pytest
from jsonschema import Draft202012Validator

from tests.api_document.generate import DOCUMENT, document, text
from tests.support.routes import Route, routes

ROUTES = [pytest.param(route, id=str(route)) for route in routes()]


def test_the_document_is_the_one_that_the_handlers_generate() -> None:
    assert DOCUMENT.read_text("utf-8") == text(), "run make openapi"


def test_the_document_refers_to_nothing_that_it_does_not_hold() -> None:
    made = document()
    for reference in references(made):
        found = made
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


@pytest.mark.parametrize("route", ROUTES)
def test_an_operation_says_what_it_takes_and_gives(route: Route) -> None:
    operation = document()["paths"][route.path][route.method]
    contract = route.handler().contract
    assert operation["x-lisa-role"] == route.role
    assert operation["responses"].keys() == {str(contract.status), "4XX", "5XX"}
    assert ("requestBody" in operation) == (contract.body is not None)
    declared = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
    fields = contract.query.model_fields.items() if contract.query else ()
    assert declared == {field.alias or name for name, field in fields}


def test_every_schema_of_the_document_is_one() -> None:
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return [*own, *(one for value in part.values() for one in references(value))]
    return [one for value in part for one in references(value)] if isinstance(part, list) else []
