"""delete_model, and the races between a removal and everything else."""

from datetime import timedelta

import pytest

from kernel.clock import now
from models.model import Status
from tests.support.model_payloads import EXTERNAL, HOSTED, hosted
from tests.support.model_world import World, gone

MISTRAL, TITAN = HOSTED["modelId"], EXTERNAL["modelId"]


def serving(world: World) -> None:
    world.create(HOSTED)
    world.settle()
    assert world.model(MISTRAL).status is Status.IN_SERVICE


@pytest.mark.promise("hosting.step-functions", "models.delete")
def test_a_removed_model_leaves_nothing(world: World) -> None:
    serving(world)
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)
    assert world.executions[-1].status == "SUCCEEDED"
    assert world.told()[-2:] == ["ModelDeletionRequested", "ModelRemoved"]


def test_the_route_goes_first(world: World) -> None:
    serving(world)
    world.delete(MISTRAL)
    model = world.model(MISTRAL)
    assert (model.status, model.route, world.rerouted()) == (Status.DELETING, None, 2)
    assert list(world.stacks.standing) == [MISTRAL]
    world.settle()
    assert world.rerouted() == 2


@pytest.mark.promise("models.delete")
def test_an_external_model_is_removed_too(world: World) -> None:
    world.create(EXTERNAL)
    world.settle()
    world.delete(TITAN)
    world.settle()
    assert gone(world, TITAN)


def test_a_failed_model_can_be_removed(world: World) -> None:
    world.files.objects.clear()
    world.create(HOSTED)
    world.settle()
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)
    assert world.rerouted() == 0


@pytest.mark.parametrize("removal_first", [True, False])
@pytest.mark.parametrize("states", range(12))
def test_a_removal_may_come_at_any_point_of_the_creation(
    world: World, states: int, removal_first: bool
) -> None:
    world.create(HOSTED)
    for _ in range(states):
        world.advance(world.executions[0])
    assert world.delete(MISTRAL).status == 200
    world.executions.sort(key=lambda one: one.visited == ["ClaimModel"], reverse=removal_first)
    world.settle()
    assert gone(world, MISTRAL)
    assert "ModelFailed" not in world.told()
    assert world.rerouted() in (0, 2)


@pytest.mark.parametrize("states", range(1, 9))
def test_a_removal_may_come_while_a_failure_is_cleaned_up(world: World, states: int) -> None:
    world.stacks.failure = "no capacity"
    world.create(HOSTED)
    while world.executions[0].state != "RemoveStack":
        world.advance(world.executions[0])
    for _ in range(states):
        if world.executions[0].running:
            world.advance(world.executions[0])
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)


def test_a_stack_that_cannot_be_removed_is_told_and_can_be_tried_again(world: World) -> None:
    serving(world)
    world.stacks.stuck = "LogGroup: access denied"
    world.delete(MISTRAL)
    world.settle()
    reason = world.model(MISTRAL).failure_reason
    assert reason is not None
    assert (reason.code, "access denied" in reason.message) == ("StackNotDeleted", True)
    world.stacks.stuck = ""
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)
    assert world.rerouted() == 2


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("step", ["claim_model", "remove_stack", "watch_removal", "forget_model"])
def test_a_step_that_stumbles_does_not_stop_the_removal(
    world: World, step: str, times: int, after: bool
) -> None:
    serving(world)
    world.fails(step, times, after)
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)


@pytest.mark.parametrize("step", ["claim_model", "remove_stack", "watch_removal", "forget_model"])
def test_a_step_that_always_breaks_leaves_a_row_that_can_be_removed(
    world: World, step: str
) -> None:
    serving(world)
    world.fails(step, times=99)
    world.delete(MISTRAL)
    world.settle()
    reason = world.model(MISTRAL).failure_reason
    assert reason is not None
    assert reason.code == "InternalError"
    world.before.clear()
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)


def test_asking_twice_removes_once(world: World) -> None:
    serving(world)
    assert world.delete(MISTRAL) == world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)
    assert world.told().count("ModelDeletionRequested") == 1


def test_a_removal_that_was_lost_can_be_asked_for_again(world: World) -> None:
    world.models.add(hosted().deleting(now() - timedelta(minutes=2)))
    world.deliver()
    world.executions.clear()
    world.delete(MISTRAL)
    world.settle()
    assert gone(world, MISTRAL)


def test_an_execution_of_a_former_model_does_not_touch_its_namesake(world: World) -> None:
    world.create(HOSTED)
    [old] = world.executions
    while old.state != "WaitForServer":
        world.advance(old)
    world.delete(MISTRAL)
    removal = world.executions[-1]
    while removal.running:
        world.advance(removal)
    serving_again = world.create(HOSTED)
    assert serving_again.status == 200
    old.run()
    world.settle()
    assert old.visited[-1] == "NotCreated"
    assert world.model(MISTRAL).status is Status.IN_SERVICE
    assert list(world.stacks.standing) == [MISTRAL]
