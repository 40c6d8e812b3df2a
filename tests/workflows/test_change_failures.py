"""change_model, and all that can go wrong on the way: what fails is taken back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from diagnosis import StoppedTask
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

DIED = StoppedTask("Essential container in task exited", exit_code=1, container_reason="bad flag")
STEPS = ("claim_model", "check_plan", "change_stack", "watch_stack", "settle_model")


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
    assert standing(serving) == serving.model(MISTRAL).wanted


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
        assert standing(serving) == model.wanted


@pytest.mark.parametrize("body", [SCALED, STOP])
def test_an_outcome_that_was_written_and_never_confirmed_stands(serving: World, body: Json) -> None:
    serving.fails("settle_model", times=99, after=True)
    put(serving, body)
    model = serving.model(MISTRAL)
    assert (model.status, model.failure_reason) == (
        Status.STOPPED if body is STOP else Status.IN_SERVICE,
        None,
    )
    assert standing(serving) == model.wanted
