"""create_model: the real workflow with the real steps, and all that can go wrong in it."""

from datetime import UTC, datetime, timedelta

import pytest

from diagnosis import StoppedTask
from models.model import Status
from tests.support.model_payloads import EXTERNAL, HOSTED, hosted
from tests.support.model_world import World

MISTRAL, TITAN = HOSTED["modelId"], EXTERNAL["modelId"]
STEPS = ("check_plan", "create_stack", "watch_stack", "smoke_test", "settle_model")
DIED = StoppedTask("Essential container in task exited", exit_code=3)


def create(world: World, payload: dict[str, object] = HOSTED) -> None:
    assert world.create(payload).status == 200
    world.settle()


def failed(world: World, code: str) -> str:
    """Require that nothing is left but a row with a reason; return the reason's sentence."""
    model = world.model(MISTRAL)
    assert (model.status, model.route, model.execution) == (Status.FAILED, None, None)
    assert model.failure_reason is not None
    assert model.failure_reason.code == code
    assert model.failure_reason.fix
    assert (world.stacks.standing, world.rerouted()) == ({}, 0)
    assert world.told() == ["ModelRequested", "ModelFailed"]
    assert world.executions[0].error == "ModelNotCreated"
    return model.failure_reason.message


def looked_twice(world: World) -> bool:
    """Whether nothing was waited for but a second look: what a person must mend is not retried."""
    return world.executions[0].waited <= 2


@pytest.mark.promise("providers.no-infrastructure")
def test_an_external_model_serves_at_once(world: World) -> None:
    create(world, EXTERNAL)
    assert world.executions[0].visited == ["ClaimModel", "CheckPlan", "IsHosted", "SettleModel"]
    route = world.model(TITAN).route
    assert route is not None
    assert route.litellm_model == "bedrock/amazon.titan-text-express-v1"
    assert world.told() == ["ModelRequested", "ModelReady"]
    assert world.rerouted() == 1


@pytest.mark.promise("models.create-external")
def test_an_external_model_at_a_url_is_called_there(world: World) -> None:
    create(world, EXTERNAL | {"modelUrl": "https://models.test/v1/"})
    route = world.model(TITAN).route
    assert route is not None
    assert route.api_base == "https://models.test/v1"


@pytest.mark.promise("hosting.own-models", "hosting.step-functions")
def test_a_hosted_model_serves_when_its_server_answers(world: World) -> None:
    create(world)
    execution, model = world.executions[0], world.model(MISTRAL)
    assert execution.status == "SUCCEEDED"
    assert execution.visited[-4:] == ["WatchStack", "IsReady", "SmokeTest", "SettleModel"]
    assert "WaitForServer" in execution.visited
    assert model.status is Status.IN_SERVICE
    assert model.route is not None
    assert model.route.litellm_model == f"hosted_vllm/{MISTRAL}"
    assert model.route.api_base == f"http://{MISTRAL}.internal/v1"
    assert [moment.status for moment in model.timeline] == ["Creating", "InService"]
    assert (world.rerouted(), list(world.stacks.standing)) == (1, [MISTRAL])


def test_weights_that_are_not_there_are_missed_before_anything_is_made(world: World) -> None:
    world.files.objects.clear()
    create(world)
    assert "s3://test-models/mistralai/" in failed(world, "WeightsMissing")
    assert "CreateStack" not in world.executions[0].visited
    assert world.executions[0].waited == 0


def test_a_stack_that_cloudformation_refuses_is_told_in_its_words(world: World) -> None:
    world.stacks.refusal = "Template format error"
    create(world)
    assert failed(world, "StackFailed") == "Template format error"
    assert world.executions[0].waited == 0


def test_a_stack_that_fails_is_removed(world: World) -> None:
    world.stacks.failure = "AutoScalingGroup: no capacity"
    create(world)
    assert "AutoScalingGroup: no capacity" in failed(world, "StackFailed")
    assert looked_twice(world)


def test_an_image_that_cannot_be_pulled_is_told_at_once(world: World) -> None:
    world.cluster.healthy = False
    stopped = StoppedTask("CannotPullContainerError: no such tag\nin this registry")
    world.cluster.ended = [(datetime.now(UTC) + timedelta(hours=1), stopped)]
    create(world)
    assert "no such tag" in failed(world, "ImageUnavailable")
    assert looked_twice(world)


def test_a_server_that_dies_twice_is_not_waited_for(world: World) -> None:
    world.cluster.healthy = False
    world.cluster.ended = [(datetime.now(UTC) + timedelta(hours=1), DIED)] * 2
    create(world)
    assert "exit code 3" in failed(world, "ServerDied")
    assert looked_twice(world)


def test_a_server_that_ecs_gives_up_is_not_waited_for(world: World) -> None:
    world.cluster.healthy, world.cluster.given_up = False, "tasks failed to start"
    create(world)
    assert "tasks failed to start" in failed(world, "ServerDied")


def test_a_server_that_is_not_healthy_in_time_is_removed(world: World) -> None:
    world.cluster.healthy = False
    world.models.add(hosted(at=datetime.now(UTC) - timedelta(hours=1)))
    world.deliver()
    world.settle()
    assert "45 minutes" in failed(world, "StartTimedOut")
    assert world.executions[0].visited.count("WatchStack") == 1


def test_deaths_of_a_model_that_had_this_id_before_do_not_count(world: World) -> None:
    world.cluster.ended = [(datetime.now(UTC) - timedelta(minutes=5), DIED)] * 2
    create(world)
    assert world.model(MISTRAL).status is Status.IN_SERVICE


@pytest.mark.parametrize(("refusals", "status"), [(3, Status.IN_SERVICE), (4, Status.FAILED)])
def test_a_healthy_server_has_four_tries_to_answer(
    world: World, refusals: int, status: Status
) -> None:
    world.inference.refusals = refusals
    create(world)
    assert world.model(MISTRAL).status is status
    assert list(world.stacks.standing) == ([MISTRAL] if status is Status.IN_SERVICE else [])


def test_a_server_that_never_answers_is_told_in_its_words(world: World) -> None:
    world.inference.refusals = 4
    create(world)
    assert "503: loading" in failed(world, "SmokeTestFailed")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("step", ["claim_model", *STEPS])
def test_a_step_that_stumbles_up_to_three_times_does_no_harm(
    world: World, step: str, times: int, after: bool
) -> None:
    world.fails(step, times, after)
    create(world)
    timeline = [moment.status for moment in world.model(MISTRAL).timeline]
    assert timeline == [Status.CREATING, Status.IN_SERVICE]
    assert world.rerouted() == 1
    assert world.told() == ["ModelRequested", "ModelReady"]


@pytest.mark.parametrize("step", ["claim_model", *STEPS])
def test_a_step_that_always_breaks_fails_the_model(world: World, step: str) -> None:
    world.fails(step, times=99)
    create(world)
    assert "Unexpected" in failed(world, "InternalError")


@pytest.mark.parametrize("step", ["remove_stack", "watch_removal", "fail_model"])
@pytest.mark.parametrize("after", [False, True])
def test_cleaning_up_survives_a_stumble(world: World, step: str, after: bool) -> None:
    world.stacks.failure = "no capacity"
    world.fails(step, times=3, after=after)
    create(world)
    assert "no capacity" in failed(world, "StackFailed")


def test_a_route_whose_registration_was_never_confirmed_is_taken_back(world: World) -> None:
    world.fails("settle_model", times=99, after=True)
    create(world)
    model = world.model(MISTRAL)
    assert (model.status, model.route, world.stacks.standing) == (Status.FAILED, None, {})
    assert world.rerouted() == 2


@pytest.mark.parametrize("step", ["remove_stack", "watch_removal"])
def test_a_stack_that_stays_behind_keeps_its_row_and_the_first_reason(
    world: World, step: str
) -> None:
    world.stacks.failure = "no capacity"
    world.fails(step, times=99)
    create(world)
    reason = world.model(MISTRAL).failure_reason
    assert reason is not None
    assert "no capacity" in reason.message
    assert list(world.stacks.standing) == [MISTRAL]
    world.before.clear()
    world.delete(MISTRAL)
    world.settle()
    assert (list(world.models.all()), world.stacks.standing) == ([], {})


def test_a_second_start_of_the_same_request_stops_without_a_trace(world: World) -> None:
    world.create(HOSTED)
    second = world.start(world.facts[0])
    world.settle()
    assert (second.visited, second.error) == (["ClaimModel", "NotCreated"], "ModelNotCreated")
    assert world.model(MISTRAL).status is Status.IN_SERVICE
    assert world.told() == ["ModelRequested", "ModelReady"]


def test_a_start_that_comes_late_finds_nothing_to_do(world: World) -> None:
    create(world)
    late = world.start(world.facts[0]).run()
    assert late.visited == ["ClaimModel", "NotCreated"]
    assert world.model(MISTRAL).status is Status.IN_SERVICE
