"""change_model: update, start and stop, and all that can go wrong on the way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from diagnosis import StoppedTask
from models.model import Status
from tests.support.model_payloads import HOSTED
from tests.support.model_world import World

type Json = dict[str, Any]

MISTRAL = HOSTED["modelId"]
SCALED: Json = {"autoScalingInstanceConfig": {"maxCapacity": 3}}
TUNED: Json = {"containerConfig": {"environment": {"MAX_TOTAL_TOKENS": "1024"}}}
STOP: Json = {"enabled": False}
START: Json = {"enabled": True}
EMBEDDING: Json = {"modelType": "embedding"}
DIED = StoppedTask("Essential container in task exited", exit_code=1, container_reason="bad flag")
STEPS = ("claim_model", "check_plan", "change_stack", "watch_stack", "settle_model")


@pytest.fixture
def serving(world: World) -> World:
    world.create(HOSTED)
    world.settle()
    assert world.model(MISTRAL).status is Status.IN_SERVICE
    return world


@pytest.fixture
def stopped(serving: World) -> World:
    put(serving, STOP)
    return serving


def put(world: World, body: Json, status: int = 200) -> None:
    assert world.update(MISTRAL, body).status == status
    world.settle()


def taken_back(world: World, status: Status, code: str) -> str:
    """Require that the model is as it was, with the reason why; return the reason's sentence."""
    model = world.model(MISTRAL)
    assert (model.status, model.pending) == (status, None)
    assert (model.route is not None) == (status is Status.IN_SERVICE)
    assert (MISTRAL in world.stacks.serving()) == (status is Status.IN_SERVICE)
    assert model.failure_reason is not None
    assert model.failure_reason.code == code
    assert world.told()[-2] == "ModelChangeFailed"
    assert world.executions[-1].error == "ModelNotChanged"
    return model.failure_reason.message


def test_a_stopped_model_has_a_stack_without_servers_and_no_callers(stopped: World) -> None:
    model = stopped.model(MISTRAL)
    assert (model.status, model.route, stopped.stacks.serving()) == (Status.STOPPED, None, set())
    assert list(stopped.stacks.standing) == [MISTRAL]
    assert stopped.told()[-2:] == ["ModelChangeRequested", "ModelStopped"]
    assert stopped.models.version == 2


def test_the_route_goes_before_the_servers(serving: World) -> None:
    serving.update(MISTRAL, STOP)
    assert (serving.model(MISTRAL).route, serving.models.version) == (None, 2)
    assert serving.stacks.serving() == {MISTRAL}


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
    assert serving.stacks.standing[MISTRAL].shape == model.wanted
    assert serving.models.version == 1


def test_a_change_of_type_is_asked_for_as_the_new_type(serving: World) -> None:
    put(serving, EMBEDDING)
    route = serving.model(MISTRAL).route
    assert route is not None
    assert route.model_type == "embedding"
    assert serving.inference.asked[-1] == "embedding"


def test_what_was_changed_while_stopped_is_what_starts(stopped: World) -> None:
    put(stopped, SCALED)
    assert stopped.told()[-1] == "ModelStopped"
    put(stopped, START)
    scaling = stopped.stacks.standing[MISTRAL].shape.config.auto_scaling_config
    assert scaling is not None
    assert scaling.max_capacity == 3


@pytest.mark.parametrize(
    ("body", "status"), [(SCALED, Status.IN_SERVICE), (STOP, Status.IN_SERVICE)]
)
def test_a_change_that_cloudformation_takes_back_is_told(
    serving: World, body: Json, status: Status
) -> None:
    serving.stacks.failure = "no capacity"
    put(serving, body)
    assert "no capacity" in taken_back(serving, status, "StackFailed")


def test_a_start_that_fails_leaves_the_model_stopped(stopped: World) -> None:
    stopped.stacks.failure = "no capacity"
    put(stopped, START)
    assert "no capacity" in taken_back(stopped, Status.STOPPED, "StackFailed")


def test_a_server_that_dies_of_a_new_setting_gives_way_to_the_old_one(serving: World) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    serving.update(MISTRAL, TUNED)
    while serving.executions[-1].state != "RestoreStack":
        serving.cluster.ended = [(soon, DIED)] * 2
        serving.advance(serving.executions[-1])
    serving.cluster.ended = []
    serving.settle()
    assert taken_back(serving, Status.IN_SERVICE, serving.model(MISTRAL).failure_reason.code)  # type: ignore[union-attr]
    assert serving.stacks.standing[MISTRAL].shape == serving.model(MISTRAL).wanted


def test_a_server_that_no_longer_answers_gives_way_to_the_old_one(serving: World) -> None:
    serving.inference.refusals = 4
    put(serving, EMBEDDING)
    taken_back(serving, Status.IN_SERVICE, "SmokeTestFailed")
    assert serving.model(MISTRAL).config.model_type == "textgen"


def test_an_update_that_cannot_start_changes_nothing(serving: World) -> None:
    put(serving, {"containerConfig": {"environment": {"MAX_TOTAL_TOKENS": "32000000"}}})
    taken_back(serving, Status.IN_SERVICE, "ContextTooLong")
    assert "ChangeStack" not in serving.executions[-1].visited


def test_what_cannot_be_taken_back_has_failed_and_can_be_removed(serving: World) -> None:
    serving.inference.refusals = 99
    serving.update(MISTRAL, EMBEDDING)
    while serving.executions[-1].state != "RestoreStack":
        serving.advance(serving.executions[-1])
    serving.stacks.refusal = "role is gone"
    serving.settle()
    model = serving.model(MISTRAL)
    assert (model.status, model.route) == (Status.FAILED, None)
    assert model.failure_reason is not None
    assert model.failure_reason.code == "SmokeTestFailed"
    serving.delete(MISTRAL)
    serving.settle()
    assert serving.stacks.standing == {}


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("step", [*STEPS, "smoke_test"])
@pytest.mark.parametrize("body", [SCALED, STOP])
def test_a_step_that_stumbles_does_no_harm(
    serving: World, body: Json, step: str, times: int, after: bool
) -> None:
    serving.fails(step, times, after)
    put(serving, body)
    model = serving.model(MISTRAL)
    assert (model.status, model.failure_reason) == (
        Status.STOPPED if body is STOP else Status.IN_SERVICE,
        None,
    )


@pytest.mark.parametrize("body", [SCALED, STOP])
@pytest.mark.parametrize("step", [name for name in STEPS if name != "claim_model"])
def test_a_step_that_always_breaks_ends_in_a_true_state(
    serving: World, step: str, body: Json
) -> None:
    serving.fails(step, times=99)
    put(serving, body)
    model = serving.model(MISTRAL)
    assert model.status in (Status.IN_SERVICE, Status.FAILED)
    assert model.failure_reason is not None
    if model.status is Status.IN_SERVICE:
        assert serving.stacks.standing[MISTRAL].shape == model.wanted


@pytest.mark.parametrize("body", [SCALED, STOP])
def test_an_outcome_that_was_written_and_never_confirmed_stands(serving: World, body: Json) -> None:
    serving.fails("settle_model", times=99, after=True)
    put(serving, body)
    model = serving.model(MISTRAL)
    assert (model.status, model.failure_reason) == (
        Status.STOPPED if body is STOP else Status.IN_SERVICE,
        None,
    )
    assert serving.stacks.standing[MISTRAL].shape == model.wanted


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
