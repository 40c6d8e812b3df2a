"""The key of a third party through the admin API: kept, renewed and removed, and never shown."""

from typing import Any

import boto3
import pytest

from kernel.clock import now
from models import wiring
from models.model import Model, Status
from models.wiring import models
from tests.support.calling import Reply, call
from tests.support.in_memory import InMemoryKeys, InMemoryModels
from tests.support.model_payloads import EXTERNAL, HOSTED, external

pytestmark = pytest.mark.usefixtures("aws")

KEY, NEW_KEY = "not-a-real-key-1", "not-a-real-key-2"
OPENAI: dict[str, Any] = EXTERNAL | {"modelId": "m", "modelName": "openai/gpt", "apiKey": KEY}


def create(**changes: object) -> Reply:
    return call("models.create_model", body=OPENAI | changes)


def put(**body: object) -> Reply:
    return call("models.update_model", body=body, model_id="m")


def in_service() -> Model:
    """The model as its workflow brings it into service."""
    created = models().get("m")
    return models().replace(created, created.serving(None, now()))


def secrets() -> list[str]:
    return [one["Name"] for one in boto3.client("secretsmanager").list_secrets()["SecretList"]]


def key_of(model: Model) -> str:
    """What a gateway finds under what the route says."""
    route = model.route
    assert route is not None
    assert route.api_key_secret is not None
    assert route.api_key_version is not None
    found = boto3.client("secretsmanager").get_secret_value(
        SecretId=route.api_key_secret, VersionId=route.api_key_version
    )
    return str(found["SecretString"])


def version() -> int:
    key = {"scope": {"S": "version"}}
    reply = boto3.client("dynamodb").get_item(TableName="lisa-test-LISARegistryTable", Key=key)
    return int(reply["Item"]["models"]["N"])


def test_a_model_with_a_key_says_that_it_has_one_and_no_more() -> None:
    reply = create()
    assert (reply.status, reply.body["model"]["hasApiKey"]) == (200, True)
    assert key_of(in_service()) == KEY
    for shown in (call("models.get_model", model_id="m"), call("models.list_models")):
        assert KEY not in str(shown)
        assert "apiKey'" not in str(shown)


@pytest.mark.parametrize("nothing", ["", None])
def test_a_model_without_a_key_has_no_secret(nothing: str | None) -> None:
    assert create(apiKey=nothing).body["model"]["hasApiKey"] is False
    assert secrets() == []


@pytest.mark.parametrize("body", [{"modelType": "videogen"}, {"apiKey": f"{KEY}\n"}, HOSTED])
def test_a_request_that_is_refused_leaves_no_secret(body: dict[str, Any]) -> None:
    reply = create(**body)
    assert reply.status == 422
    assert KEY not in str(reply)
    assert secrets() == []


def test_a_taken_id_keeps_its_own_key() -> None:
    create()
    serving = in_service()
    assert create(apiKey=NEW_KEY).body["error"] == "ModelAlreadyExistsError"
    assert key_of(serving) == KEY
    stages = boto3.client("secretsmanager").list_secret_version_ids(SecretId="lisa-test/models/m")
    assert len(stages["Versions"]) == 1


def test_a_taken_id_without_a_key_gets_none() -> None:
    models().add(external("m"))
    assert create().body["error"] == "ModelAlreadyExistsError"
    assert secrets() == []


def test_a_new_key_is_a_change_that_gateways_are_told_of() -> None:
    create()
    before, known = in_service(), version()
    assert put(apiKey=NEW_KEY).status == 200
    after = models().get("m")
    assert (key_of(before), key_of(after)) == (KEY, NEW_KEY)
    assert version() == known + 1


def test_a_key_that_is_taken_away_is_gone() -> None:
    create()
    in_service()
    assert put(apiKey=None).body["model"]["hasApiKey"] is False
    route = models().get("m").route
    assert route is not None
    assert (route.api_key_secret, route.api_key_version) == (None, None)
    assert secrets() == []


def test_a_change_of_something_else_leaves_the_key() -> None:
    create()
    in_service()
    put(streaming=False, fallbacks=["other"])
    assert key_of(models().get("m")) == KEY


def test_a_stopped_model_has_its_key_again_when_it_is_started() -> None:
    create()
    in_service()
    put(enabled=False)
    put(apiKey=NEW_KEY)
    assert models().get("m").route is None
    assert put(enabled=True).body["model"]["hasApiKey"] is True
    assert key_of(models().get("m")) == NEW_KEY


@pytest.mark.parametrize("status", [Status.CREATING, Status.DELETING, Status.FAILED])
def test_a_model_that_cannot_be_changed_gets_no_other_key(status: Status) -> None:
    create()
    created = models().get("m")
    models().replace(created, created.became(status, now()))
    assert put(apiKey=NEW_KEY).status in (400, 409)
    assert put(apiKey=None).status in (400, 409)
    found = boto3.client("secretsmanager").get_secret_value(SecretId="lisa-test/models/m")
    assert found["SecretString"] == KEY


class Overtaken(InMemoryKeys):
    """Keys whose keeping lasts long enough for somebody else to take the model's name."""

    def __init__(self, models: InMemoryModels) -> None:
        super().__init__()
        self._models = models

    def keep(self, model_id: str, key: Any) -> Any:
        first = super().keep(model_id, key)
        self._models.add(Model.requested(external(model_id).config, now(), first))
        return super().keep(model_id, key)


def test_who_loses_the_race_to_the_row_does_not_take_the_winners_key_along() -> None:
    table = InMemoryModels()
    keys = Overtaken(table)
    with wiring.use(models=table, keys=keys):
        assert create().body["error"] == "ModelAlreadyExistsError"
    winner = table.get("m").provider_key
    assert winner is not None
    assert keys.read(winner) == KEY


def test_a_leftover_of_a_request_that_died_is_in_nobodys_way() -> None:
    boto3.client("secretsmanager").create_secret(Name="lisa-test/models/m", SecretString="left")
    assert create().status == 200
    assert key_of(in_service()) == KEY


def test_a_model_whose_provider_takes_numbers_is_kept_as_it_was_said() -> None:
    parameters = {"temperature": 0.7, "top_p": 1.0, "max_tokens": 512, "drop_params": True}
    create(litellmParams=parameters)
    assert models().get("m").view()["litellmParams"] == parameters
    route = in_service().route
    assert route is not None
    stored = models().get("m").route
    assert stored == route
    assert stored.litellm_params == parameters
