"""Who may do what with what, as a table: every route, by every kind of caller."""

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
from tests.support.library_world import LibraryWorld
from tests.support.picture_world import InMemoryPictures
from tests.support.prompts_world import InMemoryTemplates, a_template
from tests.support.routes import Route, routes
from tests.support.session_world import eves_sessions
from tests.support.switching import InMemorySwitches
from tests.support.usage_world import InMemoryLedger
from usage.wiring import use as place_in_usage

# What is asked for is eve's, who is none of them. A curator elsewhere is of another group.
ELSEWHERE = {"groups": '["law"]'}
CALLERS = {
    "reader": authorized("bob"),
    "stranger": authorized("joe") | ELSEWHERE,
    "curator": authorized("cora"),
    "curator elsewhere": authorized("cora") | ELSEWHERE,
    "administrator": authorized("ada"),
}
# In their order: yes, 403 for what is not theirs to do, 404 for what is not there for them.
EVERYBODY = ("yes", "yes", "yes", "yes", "yes")
ADMINISTRATORS = (403, 403, 403, 403, "yes")
READERS = ("yes", 404, "yes", 404, "yes")
KEEPERS = (403, 403, "yes", 404, "yes")
OWNER_AND_KEEPERS = (403, 404, "yes", 404, "yes")
OWNER_AND_ADMINISTRATORS = (403, 404, 403, 404, "yes")
OWNER = (404, 404, 404, 404, 404)
RIGHTS: dict[str, tuple[str | int, ...]] = {
    "GET /health/deep": ADMINISTRATORS,
    "GET /models": ADMINISTRATORS,
    "POST /models": ADMINISTRATORS,
    "POST /models/plan": ADMINISTRATORS,
    "GET /models/metadata/instances": EVERYBODY,
    "GET /models/{modelId}": ADMINISTRATORS,
    "PUT /models/{modelId}": ADMINISTRATORS,
    "DELETE /models/{modelId}": ADMINISTRATORS,
    "PUT /models/{modelId}/context-window": ADMINISTRATORS,
    "GET /api-tokens": EVERYBODY,
    "POST /api-tokens": EVERYBODY,
    "GET /api-tokens/{subject}": OWNER,
    "POST /api-tokens/{subject}": ADMINISTRATORS,
    "PUT /api-tokens/{subject}": OWNER,
    "DELETE /api-tokens/{subject}": OWNER,
    "GET /configuration": EVERYBODY,
    "PUT /configuration/global": ADMINISTRATORS,
    "GET /prompt-templates": EVERYBODY,
    "POST /prompt-templates": EVERYBODY,
    "GET /prompt-templates/{promptTemplateId}": READERS,
    "PUT /prompt-templates/{promptTemplateId}": OWNER_AND_ADMINISTRATORS,
    "DELETE /prompt-templates/{promptTemplateId}": OWNER_AND_ADMINISTRATORS,
    "GET /usage": EVERYBODY,
    "GET /repository": EVERYBODY,
    "POST /repository": ADMINISTRATORS,
    "GET /repository/status": ADMINISTRATORS,
    "GET /repository/collections": EVERYBODY,
    "GET /repository/{repositoryId}": READERS,
    "PUT /repository/{repositoryId}": ADMINISTRATORS,
    "DELETE /repository/{repositoryId}": ADMINISTRATORS,
    "GET /repository/{repositoryId}/similaritySearch": READERS,
    "GET /repository/{repositoryId}/collection": READERS,
    "POST /repository/{repositoryId}/collection": KEEPERS,
    "GET /repository/{repositoryId}/collection/{collectionId}": READERS,
    "PUT /repository/{repositoryId}/collection/{collectionId}": KEEPERS,
    "DELETE /repository/{repositoryId}/collection/{collectionId}": KEEPERS,
    "POST /repository/presigned-url": READERS,
    "POST /repository/{repositoryId}/bulk": OWNER_AND_KEEPERS,
    "GET /repository/{repositoryId}/document": READERS,
    "DELETE /repository/{repositoryId}/document": OWNER_AND_KEEPERS,
    "GET /repository/{repositoryId}/jobs": READERS,
    "GET /repository/{repositoryId}/{documentId}": READERS,
    "GET /repository/{repositoryId}/{documentId}/download": READERS,
    "POST /attachment": OWNER,
    "POST /attachment/presigned-url": EVERYBODY,
    "POST /summary": OWNER,
    "GET /summary/{summaryId}": OWNER,
    "GET /session": EVERYBODY,
    "DELETE /session": EVERYBODY,
    "GET /session/{sessionId}": OWNER,
    "PUT /session/{sessionId}": OWNER,
    "DELETE /session/{sessionId}": OWNER,
    "PUT /session/{sessionId}/name": OWNER,
    "PUT /session/{sessionId}/attachImage": EVERYBODY,
    "GET /session/{sessionId}/messages": OWNER,
    "POST /session/{sessionId}/messages": EVERYBODY,
    "PUT /session/{sessionId}/messages/{messageId}": OWNER,
}
BODIES = {
    "PUT /prompt-templates/{promptTemplateId}": {
        "title": "Pirate",
        "body": "Talk like one.",
        "type": "persona",
        "revision": 1,
    }
}
ROUTES = [pytest.param(route, id=str(route)) for route in routes()]
OF_A_COLLECTION = [
    pytest.param(route, id=str(route))
    for route in routes()
    if LibraryWorld.names_a_collection(str(route))
]


@pytest.fixture
def library(
    models_environment: None, repositories_environment: None, health_environment: None
) -> Iterator[LibraryWorld]:
    library = LibraryWorld()
    with (
        place_in_models(models=InMemoryModels()),
        place_in_identity(
            book=InMemoryTokenBook(), registry=InMemoryRegistry(), switches=InMemorySwitches()
        ),
        place_in_usage(InMemoryLedger()),
        place_in_sessions(
            sessions=eves_sessions(), pictures=InMemoryPictures(), switches=InMemorySwitches()
        ),
        place_in_configuration(InMemoryVersions()),
        place_in_health([]),
        place_in_prompts(templates=shared_template(), switches=InMemorySwitches()),
        library.placed(),
    ):
        yield library


def shared_template() -> InMemoryTemplates:
    """A template of eve's, which readers may see."""
    templates = InMemoryTemplates()
    template = a_template("eve", 0, "group:readers")
    templates.add(template.model_copy(update={"id": "unknown"}))
    return templates


def outcome(route: Route, caller: dict[str, str], asked: dict[str, Any]) -> str | int:
    """The status of a refusal, else yes: a request may ask for nothing, if it may be sent."""
    path = dict.fromkeys(route.path_parameters, "unknown") | asked.get("path", {})
    event = request(json.dumps(asked.get("body") or BODIES.get(str(route))), caller, **path)
    event["queryStringParameters"] = asked.get("query")
    reply = invoke(f"{route.function.service}.{route.function.folder.name}", event)
    # Things of other services are not there for anybody; these know no group.
    theirs = route.function.service == "models" and reply["statusCode"] == 404
    refused = reply["statusCode"] in (401, 403, 404) and not theirs
    assert reply["statusCode"] < 500, reply
    return reply["statusCode"] if refused else "yes"


def test_every_route_is_in_the_table() -> None:
    assert RIGHTS.keys() == {str(route) for route in routes()}


@pytest.mark.promise("security.roles")
@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", ROUTES)
def test_who_may_do_what(library: LibraryWorld, route: Route, caller: str) -> None:
    expected = RIGHTS[str(route)][[*CALLERS].index(caller)]
    asked = library.request(str(route), library.open)
    assert outcome(route, CALLERS[caller], asked) == expected


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", OF_A_COLLECTION)
def test_a_collection_of_another_group_is_there_for_administrators_alone(
    library: LibraryWorld, route: Route, caller: str
) -> None:
    usual = RIGHTS[str(route)][[*CALLERS].index(caller)]
    admin = caller == "administrator"
    lacks_the_role = usual == 403 and route.role != "user"
    expected = usual if admin or lacks_the_role else 404
    asked = library.request(str(route), library.closed)
    assert outcome(route, CALLERS[caller], asked) == expected
