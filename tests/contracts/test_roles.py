"""Who may do what, asked of every route's real function. A new route is tested unasked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from configuration.wiring import use as place_in_configuration
from health.wiring import use as place_in_health
from identity.wiring import use as place_in_identity
from models.wiring import use as place_in_models
from prompts.wiring import use as place_in_prompts
from sessions.wiring import use as place_in_sessions
from tests.support.calling import authorized, invoke, request
from tests.support.configuration_world import InMemoryVersions
from tests.support.in_memory import InMemoryModels
from tests.support.in_memory_tokens import InMemoryRegistry, InMemoryTokenBook
from tests.support.prompts_world import InMemoryTemplates
from tests.support.repository_world import World
from tests.support.routes import Route, routes
from tests.support.session_world import InMemorySessions
from tests.support.switching import InMemorySwitches
from tests.support.usage_world import InMemoryLedger
from usage.wiring import use as place_in_usage

ROUTES = [pytest.param(route, id=str(route)) for route in routes()]
ADMINISTRATOR = authorized("ada")
NOBODY: dict[str, str] = {}
LONG_AGO = 1.0


@pytest.fixture(autouse=True)
def product(
    models_environment: None, repositories_environment: None, health_environment: None
) -> Iterator[None]:
    book, registry = InMemoryTokenBook(), InMemoryRegistry()
    with (
        place_in_models(models=InMemoryModels()),
        place_in_identity(book=book, registry=registry, switches=InMemorySwitches()),
        place_in_usage(InMemoryLedger()),
        place_in_sessions(sessions=InMemorySessions(), switches=InMemorySwitches()),
        place_in_configuration(InMemoryVersions()),
        place_in_health([]),
        place_in_prompts(templates=InMemoryTemplates(), switches=InMemorySwitches()),
        World().placed(),
    ):
        yield


def ask(route: Route, caller: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Send a request without a body, for things that are not there."""
    event = request("", caller, **dict.fromkeys(route.path_parameters, "unknown"))
    reply = invoke(f"{route.function.service}.{route.function.folder.name}", event)
    return reply["statusCode"], json.loads(reply["body"])


def is_served(route: Route, caller: dict[str, str]) -> bool:
    status, _ = ask(route, caller)
    # A request that asks for nothing is refused for that, by whoever has let the caller in.
    return status in (route.handler().contract.status, 400, 404, 422)


@pytest.mark.promise("sign-in.everywhere")
@pytest.mark.parametrize("route", ROUTES)
def test_nobody_unknown_may_use_a_route(route: Route) -> None:
    status, body = ask(route, NOBODY)
    assert (status, body["error"]) == (401, "UnauthenticatedError")
    assert body["message"]


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_may_use_a_route_when_the_sign_in_has_expired(route: Route) -> None:
    status, body = ask(route, authorized("ada", exp=LONG_AGO))
    assert (status, body["error"]) == (401, "UnauthenticatedError")


@pytest.mark.promise("sign-in.admin-group")
@pytest.mark.parametrize("route", ROUTES)
def test_an_administrator_may_use_every_route(route: Route) -> None:
    assert is_served(route, ADMINISTRATOR)


@pytest.mark.promise("security.roles")
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("user", "roles"), [("bob", {"user"}), ("cora", {"user", "curator"})])
def test_nobody_uses_the_routes_of_a_role_that_they_do_not_have(
    route: Route, user: str, roles: set[str]
) -> None:
    assert route.role in ("admin", "curator", "user")
    if route.role in roles:
        assert is_served(route, authorized(user))
    else:
        status, body = ask(route, authorized(user))
        assert (status, body["error"]) == (403, "ForbiddenError")
