"""change_model: update, start and stop, and what may come in between."""

from typing import Any

import pytest

from models.model import Status
from tests.support.model_changes import (
    EMBEDDING,
    MISTRAL,
    SCALED,
    START,
    STOP,
    TUNED,
    put,
    standing,
)
from tests.support.model_world import World

type Json = dict[str, Any]


@pytest.mark.promise("models.start-is-quick", "models.stop")
def test_a_stopped_model_has_a_stack_without_servers_and_no_callers(stopped: World) -> None:
    model = stopped.model(MISTRAL)
    assert (model.status, model.route, stopped.stacks.serving()) == (Status.STOPPED, None, set())
    assert list(stopped.stacks.standing) == [MISTRAL]
    assert stopped.told()[-2:] == ["ModelChangeRequested", "ModelStopped"]
    assert stopped.rerouted() == 2


@pytest.mark.promise("models.stop")
def test_the_route_goes_before_the_servers(serving: World) -> None:
    serving.update(MISTRAL, STOP)
    assert (serving.model(MISTRAL).route, serving.rerouted()) == (None, 2)
    assert serving.stacks.serving() == {MISTRAL}


@pytest.mark.promise("models.start")
def test_a_started_model_serves_again_once_a_server_answers(stopped: World) -> None:
    stopped.update(MISTRAL, START)
    while stopped.executions[-1].state != "SettleModel":
        assert stopped.model(MISTRAL).route is None
        stopped.advance(stopped.executions[-1])
    stopped.settle()
    model = stopped.model(MISTRAL)
    assert (model.status, stopped.stacks.serving()) == (Status.IN_SERVICE, {MISTRAL})
    assert model.route is not None
    assert model.route.api_base == f"http://{MISTRAL}.internal/v1"
    assert "SmokeTest" in stopped.executions[-1].visited


@pytest.mark.promise("hosting.step-functions")
@pytest.mark.parametrize("body", [SCALED, TUNED])
def test_an_update_reaches_the_servers_while_callers_notice_nothing(
    serving: World, body: Json
) -> None:
    serving.update(MISTRAL, body)
    while serving.running():
        assert serving.model(MISTRAL).route is not None
        serving.advance(serving.running()[0])
    model = serving.model(MISTRAL)
    assert (model.status, model.failure_reason) == (Status.IN_SERVICE, None)
    assert standing(serving) == model.wanted
    assert serving.rerouted() == 1


def test_an_update_leaves_the_servers_that_the_load_has_called_for(serving: World) -> None:
    serving.cluster.running = 3
    put(serving, TUNED)
    assert serving.stacks.standing[MISTRAL].shape.servers == 3
    put(serving, {"autoScalingInstanceConfig": {"maxCapacity": 4, "desiredCapacity": 2}})
    assert serving.stacks.standing[MISTRAL].shape.servers is None


def test_a_change_of_type_is_asked_for_as_the_new_type(serving: World) -> None:
    put(serving, EMBEDDING)
    route = serving.model(MISTRAL).route
    assert route is not None
    assert route.model_type == "embedding"
    assert serving.inference.asked[-1] == "embedding"


@pytest.mark.promise("models.scaling-while-stopped")
def test_what_was_changed_while_stopped_is_what_starts(stopped: World) -> None:
    put(stopped, SCALED)
    assert stopped.told()[-1] == "ModelStopped"
    put(stopped, START)
    scaling = stopped.stacks.standing[MISTRAL].shape.config.auto_scaling_config
    assert scaling is not None
    assert scaling.max_capacity == 3


@pytest.mark.parametrize("states", range(9))
@pytest.mark.parametrize("body", [SCALED, STOP])
def test_a_removal_may_come_at_any_point_of_a_change(
    serving: World, body: Json, states: int
) -> None:
    serving.update(MISTRAL, body)
    for _ in range(states):
        if serving.executions[-1].running:
            serving.advance(serving.executions[-1])
    serving.delete(MISTRAL)
    serving.settle()
    assert list(serving.models.all()) == []
    assert serving.stacks.standing == {}
    assert "ModelChangeFailed" not in serving.told()


def test_of_two_changes_the_second_is_told_to_wait(serving: World) -> None:
    assert serving.update(MISTRAL, SCALED).status == 200
    reply = serving.update(MISTRAL, STOP)
    assert (reply.status, reply.body["error"]) == (409, "ModelBusyError")
    serving.settle()
    assert serving.model(MISTRAL).status is Status.IN_SERVICE


def test_a_second_delivery_of_the_same_request_stops_without_a_trace(serving: World) -> None:
    serving.update(MISTRAL, SCALED)
    second = serving.start(serving.facts[-1])
    serving.settle()
    assert second.visited == ["ClaimModel", "NotChanged"]
    late = serving.start(serving.facts[-2]).run()
    assert late.visited == ["ClaimModel", "NotChanged"]
    assert serving.model(MISTRAL).status is Status.IN_SERVICE
