"""The page of routes is the only one: what it promises is what the functions do."""

import re

import pytest

from tests.support.lambdas import Function, all_functions, identifier
from tests.support.routes import PAGE, Route, document, invoked, routes
from tests.support.templates import paths, resources

ROUTES = [pytest.param(route, id=str(route)) for route in routes()]
WITH_CONTRACT = [
    pytest.param(function, id=identifier(function))
    for function in all_functions()
    if hasattr(function.handler(), "contract")
]
# Each of these would make routes of its own.
MAKES_ROUTES = ("AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi")

# As LISA has it; API Gateway hands the body over.
DELETE_WITH_BODY = {"DELETE /repository/{repositoryId}/document"}


def snake(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def test_no_other_template_has_routes() -> None:
    assert [path for path in paths() for kind in MAKES_ROUTES if resources(path, kind)] == [PAGE]
    declared = [
        event["Type"]
        for function in all_functions()
        for event in function.properties.get("Events", {}).values()
    ]
    assert {"Api", "HttpApi"}.isdisjoint(declared)


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_has_the_role_that_its_function_asks_for(route: Route) -> None:
    assert route.role == route.handler().contract.role


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_hands_over_the_path_parameters_that_its_function_takes(route: Route) -> None:
    in_path = re.findall(r"\{(\w+)\}", route.path)
    assert sorted(in_path) == sorted(route.path_parameters)
    assert {snake(name) for name in in_path} == route.handler().contract.path_parameters


@pytest.mark.parametrize("route", ROUTES)
def test_a_body_is_sent_to_functions_that_read_one(route: Route) -> None:
    if route.handler().contract.body is not None and str(route) not in DELETE_WITH_BODY:
        assert route.method in ("post", "put", "patch")


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_goes_straight_to_its_function(route: Route) -> None:
    integration = route.integration
    assert integration["type"] == "aws_proxy"
    # What a client may do with a route says nothing about how API Gateway invokes.
    assert integration["httpMethod"] == "POST"
    assert integration["credentials"] == {"Fn::GetAtt": ["Invoke", "Arn"]}


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_is_named_as_its_function_and_says_what_it_is_for(route: Route) -> None:
    assert snake(route.operation["operationId"]) == route.function.folder.name
    assert route.operation["summary"]


@pytest.mark.promise("sign-in.everywhere")
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_unknown_reaches_a_route(route: Route) -> None:
    assert route.operation.get("security", document()["security"]) == [{"caller": []}]


def test_callers_are_judged_by_identity() -> None:
    scheme = document()["components"]["securitySchemes"]["caller"]
    authorizer = scheme["x-amazon-apigateway-authorizer"]
    assert scheme["x-amazon-apigateway-authtype"] == "custom"
    assert authorizer["type"] == "request"
    assert invoked(authorizer["authorizerUri"]) == "identity-authorize"


@pytest.mark.parametrize("function", WITH_CONTRACT)
def test_every_function_for_people_has_exactly_one_route(function: Function) -> None:
    assert [route.function for route in routes()].count(function) == 1
