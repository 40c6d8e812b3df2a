"""What a PUT makes of a model in each of its statuses."""

import json
from datetime import timedelta
from typing import Any

import pytest

from definition.update import UpdateModel
from kernel.faults import InvalidInputError
from models.changing import changed, widened
from models.errors import ModelBusyError
from models.model import BUSY, FailureReason, Model, Shape, Status
from tests.support.model_payloads import NOON, external, hosted

type Json = dict[str, Any]

REASON = FailureReason(code="NoCapacity", message="There is none.", fix="Wait.")
LATER = NOON + timedelta(minutes=1)
SERVING = hosted("m").claimed_by("creator").serving("http://m/v1", NOON)
STOPPED = SERVING.stopped(NOON)
SCALED: Json = {"autoScalingInstanceConfig": {"maxCapacity": 3}}
TUNED: Json = {"containerConfig": {"environment": {"A": "b"}}}
DESCRIBED: Json = {"modelDescription": "Ours.", "allowedGroups": ["readers"]}


def put(model: Model, body: Json) -> Model:
    return changed(model, UpdateModel.model_validate_json(json.dumps(body)), LATER)


def settled(model: Model) -> bool:
    """Whether no workflow is asked for."""
    return model.status not in BUSY


@pytest.mark.parametrize("body", [SCALED, TUNED, {"modelType": "embedding"}])
def test_a_change_of_what_serves_is_made_by_a_workflow_and_callers_notice_nothing(
    body: Json,
) -> None:
    model = put(SERVING, body)
    assert (model.status, model.execution) == (Status.UPDATING, None)
    assert (model.config, model.route) == (SERVING.config, SERVING.route)
    assert model.pending is not None
    assert model.wanted == Shape(model.pending, serving=True)
    assert model.former == Shape(SERVING.config, serving=True)


@pytest.mark.promise("models.update-metadata")
def test_what_needs_no_server_is_done_at_once_and_gateways_learn_of_it() -> None:
    model = put(SERVING, DESCRIBED | {"streaming": False})
    assert settled(model)
    assert model.route is not None
    assert (model.route.allowed_groups, model.route.streaming) == (["readers"], False)
    assert model.route.api_base == "http://m/v1"
    assert model.view()["modelDescription"] == "Ours."


def test_asking_for_what_is_there_already_needs_no_workflow() -> None:
    model = put(SERVING, {"autoScalingInstanceConfig": {"maxCapacity": 1}})
    assert settled(model)
    assert model.config == SERVING.config


@pytest.mark.promise("models.scaling-while-stopped")
@pytest.mark.parametrize("body", [SCALED, TUNED, {"modelType": "embedding"}, DESCRIBED])
def test_while_it_is_stopped_a_change_is_kept_for_the_next_start(body: Json) -> None:
    model = put(STOPPED, body)
    assert (model.status, model.route, model.pending) == (Status.STOPPED, None, None)
    assert model.config != STOPPED.config
    started = put(model, {"enabled": True})
    assert started.wanted == Shape(model.config, serving=True)
    assert started.former == Shape(model.config, serving=False)


def test_stopping_takes_the_route_first() -> None:
    model = put(SERVING, {"enabled": False})
    assert (model.status, model.route, model.execution) == (Status.STOPPING, None, None)
    assert model.wanted == Shape(SERVING.config, serving=False)
    assert model.former == Shape(SERVING.config, serving=True)


@pytest.mark.promise("models.start-waits")
def test_starting_gives_no_route_before_a_server_answers() -> None:
    model = put(STOPPED, {"enabled": True, "streaming": False})
    assert (model.status, model.route) == (Status.STARTING, None)
    assert not model.config.streaming


def test_an_external_model_is_stopped_and_started_at_once() -> None:
    model = external("m").serving(None, NOON)
    stopped = put(model, {"enabled": False})
    assert (stopped.status, stopped.route) == (Status.STOPPED, None)
    started = put(stopped, {"enabled": True})
    assert (started.status, started.route) == (Status.IN_SERVICE, model.route)


@pytest.mark.parametrize("body", [SCALED, TUNED])
def test_an_external_model_has_no_servers_to_change(body: Json) -> None:
    with pytest.raises(InvalidInputError, match="no servers of ours: leave out"):
        put(external("m").serving(None, NOON), body)


@pytest.mark.parametrize("status", BUSY)
def test_nothing_is_changed_while_a_workflow_holds_the_model(status: Status) -> None:
    for body in (SCALED, DESCRIBED, {"enabled": True}, {"enabled": False}):
        with pytest.raises(ModelBusyError, match=f"is {status}"):
            put(SERVING.became(status, NOON), body)


def test_a_failed_model_cannot_be_updated() -> None:
    for body in (SCALED, DESCRIBED, {"enabled": True}):
        with pytest.raises(InvalidInputError, match="InService or Stopped"):
            put(SERVING.failed(REASON, NOON), body)


def test_only_a_stopped_model_is_enabled_and_only_a_serving_one_disabled() -> None:
    with pytest.raises(InvalidInputError, match="only a Stopped model can be enabled"):
        put(SERVING, {"enabled": True})
    with pytest.raises(InvalidInputError, match="only one InService can be disabled"):
        put(STOPPED, {"enabled": False})


def test_a_new_change_forgets_why_the_last_one_failed() -> None:
    failed = put(SERVING, SCALED).reverted(REASON, "http://m/v1", LATER)
    assert failed.failure_reason == REASON
    assert put(failed, DESCRIBED).failure_reason is None


@pytest.mark.parametrize(
    ("model", "body", "status"),
    [
        (SERVING, SCALED, Status.IN_SERVICE),
        (SERVING, {"enabled": False}, Status.IN_SERVICE),
        (STOPPED, {"enabled": True}, Status.STOPPED),
    ],
)
def test_a_change_that_failed_leaves_the_model_as_it_was_with_the_reason(
    model: Model, body: Json, status: Status
) -> None:
    back = put(model, body).reverted(REASON, "http://m/v1", LATER)
    assert (back.status, back.config, back.pending) == (status, model.config, None)
    assert (back.route, back.failure_reason) == (model.route, REASON)
    assert back.timeline[-1].note == "There is none."


def test_a_change_that_was_made_is_the_definition_from_then_on() -> None:
    model = put(SERVING, SCALED)
    done = model.settled("http://m/v1", 2048, LATER)
    assert (done.status, done.config, done.pending) == (Status.IN_SERVICE, model.pending, None)
    assert done.view()["contextWindow"] == 2048


def test_an_administrator_knows_the_context_window_better() -> None:
    known = SERVING.settled("http://m/v1", 2048, NOON)
    wider = widened(known, 4096, LATER)
    assert wider.view()["contextWindow"] == 4096
    assert wider.settled("http://m/v1", 2048, LATER).view()["contextWindow"] == 4096
    assert widened(known.failed(REASON, NOON), 1, LATER).context_window == 1


@pytest.mark.parametrize("status", BUSY)
def test_no_context_window_is_set_under_the_hands_of_a_workflow(status: Status) -> None:
    with pytest.raises(ModelBusyError):
        widened(SERVING.became(status, NOON), 1, LATER)
