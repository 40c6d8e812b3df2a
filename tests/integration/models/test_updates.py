"""PUT, plan and what else there is to a model's life, over the real table."""

import json
from typing import Any

import boto3
import pytest

from kernel.clock import now
from models import wiring
from models.model import BUSY, Model, Status
from models.wiring import models
from planning.instances import INSTANCES
from tests.support.calling import Reply, call, invoke
from tests.support.model_payloads import EXTERNAL, HOSTED, external, hosted
from tests.support.planning_fakes import InMemoryAccount
from tests.support.tiny_checkpoint import tiny_checkpoint

pytestmark = pytest.mark.usefixtures("aws")

type Json = dict[str, Any]

SCALED: Json = {"autoScalingInstanceConfig": {"maxCapacity": 3}}


def row(model: Model) -> None:
    models().add(model)


def put(body: Json) -> Reply:
    return call("models.update_model", body=body, model_id="m")


def serving() -> Model:
    return hosted("m").serving("http://m/v1", now())


def test_an_update_is_answered_with_the_definition_as_it_is_to_be() -> None:
    row(serving())
    reply = put(SCALED)
    assert (reply.status, reply.body["model"]["status"]) == (200, "Updating")
    assert reply.body["model"]["autoScalingConfig"]["maxCapacity"] == 3
    stored = models().get("m")
    assert (stored.status, stored.route is not None) == (Status.UPDATING, True)
    assert stored.pending is not None


def test_a_change_of_metadata_reaches_row_and_route_at_once() -> None:
    row(serving())
    reply = put({"allowedGroups": ["readers"], "streaming": False})
    assert (reply.status, reply.body["model"]["status"]) == (200, "InService")
    route = models().get("m").route
    assert route is not None
    assert (route.allowed_groups, route.streaming) == (["readers"], False)


@pytest.mark.parametrize("status", BUSY)
def test_a_model_that_a_workflow_holds_is_a_conflict(status: Status) -> None:
    row(serving().became(status, now()))
    reply = put(SCALED)
    assert (reply.status, reply.body["error"]) == (409, "ModelBusyError")
    assert reply.body["message"].endswith(".")


def test_what_the_status_does_not_allow_is_invalid() -> None:
    row(serving())
    reply = put({"enabled": True})
    assert (reply.status, reply.body["error"]) == (400, "InvalidInputError")
    assert "only a Stopped model can be enabled" in reply.body["message"]


def test_what_breaks_the_rules_of_the_definition_is_told_by_field() -> None:
    row(serving())
    reply = put({"autoScalingInstanceConfig": {"minCapacity": 5}})
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert reply.body["details"][0]["field"] == "autoScalingConfig"
    both = put({"enabled": False, **SCALED})
    assert (both.status, both.body["error"]) == (422, "ValidationError")


def test_a_model_that_is_not_there_cannot_be_updated() -> None:
    reply = put(SCALED)
    assert (reply.status, reply.body["error"]) == (404, "ModelNotFoundError")


def test_a_context_window_can_be_set_and_is_shown() -> None:
    row(external("m").serving(None, now()))
    body = {"contextWindow": 8192}
    reply = call("models.set_context_window", body=body, model_id="m")
    assert (reply.status, reply.body["model"]["contextWindow"]) == (200, 8192)
    refused = call("models.set_context_window", body={"contextWindow": 0}, model_id="m")
    assert refused.status == 422


def test_everybody_may_see_the_instance_types() -> None:
    reply = call("models.list_instances", user="bob")
    assert (reply.status, reply.body) == (200, sorted(INSTANCES))


def test_a_plan_reads_the_weights_in_the_bucket() -> None:
    s3 = boto3.client("s3")
    for key, content in tiny_checkpoint(HOSTED["modelName"]).items():
        s3.put_object(Bucket="lisa-test-models", Key=key, Body=content)
    with wiring.use(account=InMemoryAccount()):
        reply = call("models.plan_model", body=HOSTED)
    assert reply.status == 200
    assert (reply.body["plan"]["starts"], reply.body["plan"]["reason"]) == (True, None)
    assert reply.body["plan"]["context"]["requestedTokens"] == 2048


def test_a_plan_of_what_is_not_there_says_so_and_makes_no_row() -> None:
    with wiring.use(account=InMemoryAccount()):
        plan = call("models.plan_model", body=HOSTED).body["plan"]
    assert (plan["starts"], plan["reason"]["code"]) == (False, "WeightsMissing")
    assert list(models().all()) == []


def test_there_is_nothing_to_plan_for_a_model_of_others() -> None:
    reply = call("models.plan_model", body=EXTERNAL)
    assert (reply.status, reply.body["error"]) == (400, "InvalidInputError")


@pytest.mark.parametrize("model_id", ["plan", "metadata"])
def test_an_id_that_is_a_route_is_refused(model_id: str) -> None:
    reply = call("models.create_model", body=EXTERNAL | {"modelId": model_id})
    assert reply.status == 422


@pytest.mark.parametrize("status", ["ABORTED", "TIMED_OUT", "FAILED"])
def test_a_model_whose_execution_was_ended_says_so(status: str) -> None:
    row(hosted("m").claimed_by("arn:of:the:execution"))
    detail = {
        "executionArn": "arn:of:the:execution",
        "status": status,
        "input": json.dumps({"data": {"model_id": "m"}}),
    }
    invoke("models.on_workflow_ended", {"detail": detail})
    model = models().get("m")
    assert model.status is Status.FAILED
    assert model.failure_reason is not None
    assert (model.failure_reason.code, status in model.failure_reason.message) == (
        "WorkflowEnded",
        True,
    )
