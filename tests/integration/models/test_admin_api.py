"""The admin API over its real table: what clients of LISA v3 send, and what they are answered."""

import time
from typing import Any

import pytest

from kernel.clock import now
from models.model import FailureReason, Model, Status
from models.wiring import models
from tests.support.calling import Reply, authorized, call, invoke, request
from tests.support.model_payloads import EXTERNAL, HOSTED, changed, external, hosted, without

pytestmark = pytest.mark.usefixtures("aws")

REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")
SERVING = hosted("m").serving("http://m/v1", now())
IN_STATUS: dict[Status, Model] = {
    **{status: SERVING.became(status, now()) for status in Status},
    Status.CREATING: hosted("m"),
    Status.IN_SERVICE: SERVING,
    Status.STOPPED: SERVING.stopped(now()),
    Status.FAILED: hosted("m").failed(REASON, now()),
    Status.DELETING: hosted("m").deleting(now()),
}
ROUTES: dict[str, dict[str, Any]] = {
    "models.create_model": {"body": EXTERNAL},
    "models.list_models": {},
    "models.get_model": {"model_id": "m"},
    "models.delete_model": {"model_id": "m"},
    "models.update_model": {"body": {"streaming": False}, "model_id": "m"},
    "models.set_context_window": {"body": {"contextWindow": 4096}, "model_id": "m"},
    "models.plan_model": {"body": HOSTED},
}


def create(payload: object) -> Reply:
    return call("models.create_model", body=payload)


@pytest.mark.promise("models.admins-only")
@pytest.mark.parametrize("function", ROUTES)
def test_only_administrators_are_served(function: str) -> None:
    reply = call(function, user="bob", **ROUTES[function])
    assert (reply.status, reply.body["error"]) == (403, "ForbiddenError")


@pytest.mark.parametrize("function", ROUTES)
@pytest.mark.parametrize("authorizer", [{}, authorized("ada", exp=time.time() - 1)])
def test_nobody_and_the_expired_are_not_let_in(function: str, authorizer: Any) -> None:
    answer = invoke(function, request("{}", authorizer, model_id="m"))
    assert answer["statusCode"] == 401


@pytest.mark.promise("models.create-external", "models.create-hosted")
@pytest.mark.parametrize("payload", [HOSTED, EXTERNAL])
def test_the_documents_examples_are_accepted(payload: dict[str, Any]) -> None:
    reply = create(payload)
    assert reply.status == 200
    assert reply.body["model"]["status"] == "Creating"
    assert models().get(payload["modelId"]).status is Status.CREATING


@pytest.mark.promise("models.get")
def test_an_answer_shows_every_field_of_the_documents() -> None:
    shown = create(EXTERNAL).body["model"]
    absent = ("autoScalingConfig", "containerConfig", "loadBalancerConfig", "instanceType")
    assert {name: shown[name] for name in (*absent, "modelUrl")} == dict.fromkeys(
        (*absent, "modelUrl")
    )
    assert {name: shown[name] for name in EXTERNAL} == EXTERNAL
    assert [moment["status"] for moment in shown["timeline"]] == ["Creating"]


@pytest.mark.promise("errors.model-exists")
def test_a_taken_id_is_refused_with_the_documents_body() -> None:
    create(EXTERNAL)
    reply = create(HOSTED | {"modelId": EXTERNAL["modelId"]})
    assert reply.status == 400
    assert reply.body == {
        "error": "ModelAlreadyExistsError",
        "message": "A model with the given configuration already exists.",
    }


@pytest.mark.promise("errors.model-not-found")
@pytest.mark.parametrize("function", ["models.get_model", "models.delete_model"])
def test_an_unknown_model_is_not_found_in_the_documents_words(function: str) -> None:
    reply = call(function, model_id="nobody")
    assert reply.status == 404
    assert reply.body == {
        "error": "ModelNotFoundError",
        "message": "The requested model with ID nobody could not be found.",
    }


@pytest.mark.parametrize("model_id", ["..", "%2e%2e", "a/b", "モデル", "x" * 3000, " "])
def test_a_strange_id_is_only_a_model_that_is_not_there(model_id: str) -> None:
    assert call("models.get_model", model_id=model_id).status == 404


@pytest.mark.promise("errors.invalid-input")
@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"text"', "[" * 100_000, "\ud800"])
def test_what_is_no_json_object_is_invalid(body: str) -> None:
    reply = create(body)
    assert (reply.status, reply.body["error"]) == (400, "InvalidInputError")
    assert reply.body["message"].startswith("The input provided is invalid. Please check the")


@pytest.mark.promise("errors.validation")
def test_every_broken_rule_is_told_with_its_field_and_without_its_value() -> None:
    payload = changed(HOSTED, "containerConfig.environment", {"SECRET": ["hunter2"]})
    reply = create(changed(payload, "autoScalingConfig.minCapacity", 0) | {"surprise": 1})
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    fields = {detail["field"] for detail in reply.body["details"]}
    expected = {"containerConfig.environment.SECRET", "autoScalingConfig.minCapacity", "surprise"}
    assert fields == expected
    assert "hunter2" not in str(reply.body)


def test_half_of_a_hosted_model_names_what_is_missing() -> None:
    reply = create(without(HOSTED, "instanceType", "loadBalancerConfig"))
    assert reply.status == 422
    assert "missing: instanceType, loadBalancerConfig" in reply.body["details"][0]["message"]


@pytest.mark.promise("models.list")
def test_models_are_listed_by_id_whatever_their_state() -> None:
    assert call("models.list_models").body == {"models": []}
    for model in (external("b").serving(None, now()), external("a"), hosted("c").deleting(now())):
        models().add(model)
    listed = call("models.list_models").body["models"]
    assert [(model["modelId"], model["status"]) for model in listed] == [
        ("a", "Creating"),
        ("b", "InService"),
        ("c", "Deleting"),
    ]


@pytest.mark.promise("models.failed-are-shown")
def test_a_failed_model_tells_why_and_what_to_do() -> None:
    models().add(IN_STATUS[Status.FAILED])
    shown = call("models.get_model", model_id="m").body["model"]
    assert shown["status"] == "Failed"
    assert shown["failureReason"] == {
        "code": "ServerDied",
        "message": "It ended.",
        "fix": "Mend it.",
    }
    assert shown["timeline"][-1]["note"] == "It ended."


@pytest.mark.promise("models.delete-answer")
@pytest.mark.parametrize("status", Status)
def test_a_model_can_be_deleted_from_every_state(status: Status) -> None:
    models().add(IN_STATUS[status])
    reply = call("models.delete_model", model_id="m")
    assert reply.status == 200
    assert reply.body == {
        "status": "success",
        "message": "Model m has been deleted successfully.",
    }
    model = models().get("m")
    assert (model.status, model.route, model.failure_reason) == (Status.DELETING, None, None)


def test_deleting_twice_answers_alike_and_changes_once() -> None:
    models().add(hosted("m"))
    first = call("models.delete_model", model_id="m")
    row = models().get("m")
    assert call("models.delete_model", model_id="m") == first
    assert models().get("m") == row
