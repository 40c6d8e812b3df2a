"""What the models service writes of a route is what the gateway reads, and who may see keys."""

from datetime import UTC, datetime
from typing import Any

import pytest
from boto3.dynamodb.types import TypeDeserializer

from definition.payload import CreateModel, ModelType
from definition.provider_parameters import ProviderParameters
from gateway.provider_parameters import ALLOWED, PRICES, allowed
from gateway.registry import DEFINED
from gateway.snapshot import Route, route_of, waiting_of
from gateway.waiting import IN_SERVICE, STATES
from models.adapters.dynamo import as_item
from models.model import Model, Status
from routing import route as written
from routing.route import KeyReference
from tests.support.lambdas import Function, all_functions, identifier
from tests.support.model_payloads import HOSTED
from tests.support.templates import Json, actions

AT = datetime(2026, 1, 15, tzinfo=UTC)
KEY = KeyReference(secret="lisa/models/m", version="v-2")
PAYLOAD: dict[str, Any] = {
    "modelId": "m",
    "modelName": "azure/gpt",
    "modelType": "textgen",
    "modelUrl": "https://ours.openai.azure.com/",
    "streaming": True,
    "allowedGroups": ["readers"],
    "litellmParams": {"api_version": "2026-01-01", "temperature": 0.2, "max_tokens": 512},
    "fallbacks": ["second", "third"],
    "retries": 2,
    "cooldownSeconds": 30,
    "forwarding": False,
}
# What each function may do with keys. None may read one; the gateway's role may, and no more.
WITH_KEYS = {
    "models/create_model": {"CreateSecret", "PutSecretValue", "TagResource"},
    "models/update_model": {"CreateSecret", "PutSecretValue", "TagResource", "DeleteSecret"},
    "models/forget_model": {"DeleteSecret"},
}


def plain(payload: dict[str, Any], key: KeyReference | None = None) -> dict[str, Any]:
    """A model's row as DynamoDB's client hands it out."""
    config = CreateModel.model_validate(payload, strict=False)
    item = as_item(Model.requested(config, AT, key).serving(None, AT))
    value = TypeDeserializer().deserialize
    return {name: value(part) for name, part in item.items()}


def read(payload: dict[str, Any], key: KeyReference | None = None) -> Route:
    found = route_of(plain(payload, key))
    assert found is not None
    return found


def test_a_gateway_reads_everything_that_is_written_of_a_route() -> None:
    assert read(PAYLOAD, KEY) == Route(
        model_id="m",
        litellm_model="azure/gpt",
        api_base="https://ours.openai.azure.com",
        model_type="textgen",
        streaming=True,
        allowed_groups=frozenset({"readers"}),
        created_at=int(AT.timestamp()),
        parameters=PAYLOAD["litellmParams"],
        secret="lisa/models/m",
        secret_version="v-2",
        fallbacks=("second", "third"),
        retries=2,
        cooldown_seconds=30,
        forwarding=False,
    )


def test_a_model_of_which_little_is_said_is_read_with_what_is_usual() -> None:
    route = read({name: PAYLOAD[name] for name in ("modelId", "modelName", "modelType")})
    assert (route.parameters, route.secret, route.secret_version) == ({}, "", "")
    assert (route.fallbacks, route.retries, route.cooldown_seconds) == ((), 1, 0)
    assert route.forwarding


def test_a_gateway_tells_of_every_state_but_of_what_is_leaving() -> None:
    assert {IN_SERVICE, *STATES} == set(Status) - {Status.DELETING}


@pytest.mark.parametrize("status", STATES)
def test_a_gateway_reads_what_is_written_of_a_model_that_is_not_in_service(status: str) -> None:
    said = {"modelDescription": "Small", "features": [{"name": "imageInput", "overview": "Sees"}]}
    row = plain(PAYLOAD | said)
    # No more of the definition than what is asked for.
    row["config"] = {name: row["config"][name] for name in DEFINED}
    del row["route"]
    assert waiting_of(row | {"status": status, "plannedContext": 512}) == Route(
        model_id="m",
        litellm_model="",
        api_base="",
        model_type="textgen",
        streaming=True,
        allowed_groups=frozenset({"readers"}),
        created_at=int(AT.timestamp()),
        fallbacks=("second", "third"),
        context_window=512,
        status=status,
        description="Small",
        features=("imageInput",),
    )


def test_an_administrators_prices_reach_the_gateways_list_and_no_provider() -> None:
    prices = {"input_cost_per_token": 2.5e-6, "output_cost_per_token": 1e-5}
    route = read(PAYLOAD | {"litellmParams": {"temperature": 0.2, **prices}})
    assert route.parameters == {"temperature": 0.2}
    assert route.pricing == {"prompt": "0.0000025", "completion": "0.00001"}


@pytest.mark.parametrize("name", [field.alias for field in written.Route.model_fields.values()])
def test_the_gateway_reads_every_field_of_a_route(name: str) -> None:
    # Nothing here is what a gateway takes for granted when it is not said.
    row = plain(PAYLOAD | {"modelType": "rerank", "streaming": False}, KEY)
    row["route"] |= {"server": plain(HOSTED)["route"]["server"]}
    without = row | {
        "route": {field: row["route"][field] for field in row["route"] if field != name}
    }
    assert name in row["route"]
    assert route_of(without) != route_of(row)


@pytest.mark.parametrize("kind", ModelType)
def test_a_gateway_reads_every_kind_of_model(kind: ModelType) -> None:
    assert read(PAYLOAD | {"modelType": kind, "streaming": False}).model_type == kind


def test_both_sides_agree_on_a_providers_parameters() -> None:
    assert ProviderParameters.model_fields.keys() == ALLOWED | PRICES.keys()


def test_the_gateway_lets_every_parameter_through_that_a_definition_may_have() -> None:
    parameters = read(PAYLOAD).parameters
    assert allowed(parameters) == parameters == PAYLOAD["litellmParams"]


@pytest.mark.parametrize("function", all_functions(), ids=identifier)
def test_keys_are_written_where_they_are_sent_and_read_by_no_function(function: Function) -> None:
    about = [one for one in function.allowed() if "secretsmanager:" in str(one["Action"])]
    of_models = [one for one in about if not of_another_service(one["Resource"])]
    named = {action.partition(":")[2] for one in of_models for action in actions(one)}
    assert named == WITH_KEYS.get(identifier(function), set())
    assert {secrets_of(one["Resource"]) for one in of_models} <= {"models/*"}


def of_another_service(resource: Json) -> bool:
    if "Ref" in resource or ":secret:rds!" in resource["Fn::Sub"]:
        return True
    return secrets_of(resource) in ("repositories/*", "service-tokens/*")


def secrets_of(resource: Json) -> str:
    """The secrets of this deployment that an ARN names, after the deployment's name."""
    name: str = resource["Fn::Sub"].rpartition(":secret:")[2]
    assert name.startswith("${DeploymentName}/")
    return name.removeprefix("${DeploymentName}/")
