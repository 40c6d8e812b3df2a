"""The life of a hosted model as updates of its real stack, with processes behind its tasks."""

import signal
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from tests.emulator.hosted_model import STOPPED, HostedModel
from tests.emulator.running import Emulator, eventually
from tests.integration.ecs.cloud import Agent, alive

SETTINGS = {"PERSIST_STATE": "1", "S3_PERSIST": "1"}
SLOW = {"VERSION": "2", "START_AFTER": "60"}
# What a busy machine may take; with two cores free it is about a second a step.
PATIENCE = 20.0


class World:
    """An emulator with its agent."""

    def __init__(self, emulator: Emulator, agent: Agent) -> None:
        self.emulator = emulator
        self.agent = agent


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("updates")
    with Emulator("local.emulator", folder / "aws", SETTINGS) as emulator:
        agent = Agent(emulator, folder / "local")
        agent.start()
        yield World(emulator, agent)
        agent.end(signal.SIGTERM)


@pytest.fixture
def model(world: World) -> Iterator[HostedModel]:
    """A model that is served, and whose stack goes when the test is over."""
    hosted = HostedModel(world.emulator, f"model-{uuid4().hex[:8]}")
    hosted.create(VERSION="1")
    yield hosted
    if hosted.exists():
        hosted.ends()
        hosted.delete()
        eventually(lambda: not hosted.exists())


def test_a_model_is_updated_stopped_started_and_deleted(model: HostedModel) -> None:
    [first] = model.processes()
    assert model.update({"VERSION": "2"}) == "UPDATE_COMPLETE"
    [second] = model.processes()
    assert (alive(first), model.environment()["VERSION"]) == (False, "2")

    began = time.monotonic()
    assert model.update({"VERSION": "2"}, **STOPPED) == "UPDATE_COMPLETE"
    assert (alive(second), model.tasks(), model.healths()) == (False, [], [])

    assert model.update({"VERSION": "2"}) == "UPDATE_COMPLETE"
    [third] = model.processes()
    assert (alive(third), model.healths()) == (True, ["healthy"])
    assert time.monotonic() - began < PATIENCE

    model.delete()
    eventually(lambda: not model.exists() and not alive(third))


def test_an_update_shows_its_parameters_while_it_goes_on_and_refuses_others(
    model: HostedModel,
) -> None:
    model.begin_update(SLOW, MaxCapacity="2")
    assert (model.status(), model.parameter("MaxCapacity")) == ("UPDATE_IN_PROGRESS", "2")
    identity = model.described()["StackId"]
    with pytest.raises(ClientError) as refused:
        model.begin_update(SLOW)
    assert refused.value.response["Error"]["Message"] == (
        f"Stack:{identity} is in UPDATE_IN_PROGRESS state and can not be updated."
    )
    with pytest.raises(ClientError) as refused:
        model.delete()
    assert refused.value.response["Error"]["Message"] == (
        f"Stack [{identity}] cannot be deleted while in status UPDATE_IN_PROGRESS"
    )
    model.cloudformation.cancel_update_stack(StackName=model.stack)
    assert model.ends() == "UPDATE_ROLLBACK_COMPLETE"


def test_a_cancelled_update_goes_back_while_its_server_is_still_starting(
    model: HostedModel,
) -> None:
    model.begin_update(SLOW)
    eventually(lambda: [task["lastStatus"] for task in model.tasks()] == ["PENDING"])
    began = time.monotonic()
    model.cloudformation.cancel_update_stack(StackName=model.stack)

    assert model.ends() == "UPDATE_ROLLBACK_COMPLETE"
    assert time.monotonic() - began < PATIENCE
    assert ("UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated") in model.told()
    assert (model.environment()["VERSION"], model.healths()) == ("1", ["healthy"])


def test_an_update_whose_server_dies_is_rolled_back_with_its_nested_stacks(
    model: HostedModel,
) -> None:
    assert model.update({"FAIL_WITH": "no weights"}, MaxCapacity="2") == "UPDATE_ROLLBACK_COMPLETE"

    assert [status for status, _ in model.told()][-4:] == [
        "UPDATE_IN_PROGRESS",
        "UPDATE_ROLLBACK_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE",
    ]
    nested = [model.nested(name) for name in ("Capacity", "Service")]
    assert [stack["StackStatus"] for stack in nested] == ["UPDATE_ROLLBACK_COMPLETE"] * 2
    values = {entry["ParameterKey"]: entry["ParameterValue"] for entry in nested[1]["Parameters"]}
    assert (values["MaxCapacity"], model.parameter("MaxCapacity")) == ("1", "1")
    assert (model.environment()["VERSION"], model.healths()) == ("1", ["healthy"])
    told = " ".join(model.emulator.failures(nested[1]["StackName"]))
    assert "'ECS Deployment Circuit Breaker was triggered'" in told
    assert model.definitions() == 1


def test_an_update_after_one_that_was_rolled_back_succeeds(model: HostedModel) -> None:
    model.update({"FAIL_WITH": "no weights"})

    assert model.update({"VERSION": "3"}) == "UPDATE_COMPLETE"
    assert (model.environment()["VERSION"], model.healths()) == ("3", ["healthy"])


def test_an_update_that_changes_nothing_is_accepted_and_touches_no_server(
    model: HostedModel,
) -> None:
    before = model.processes()

    assert model.update({"VERSION": "1"}) == "UPDATE_COMPLETE"
    assert model.processes() == before
    assert model.nested("Service")["StackStatus"] == "CREATE_COMPLETE"


def test_on_one_instance_the_new_server_waits_for_the_end_of_the_old_one(
    model: HostedModel,
) -> None:
    model.update({"VERSION": "2", "STOP_AFTER": "1"})
    [old], [process] = model.tasks(), model.processes()
    model.begin_update({"VERSION": "3"})
    eventually(lambda: [task for task in model.tasks() if task["taskArn"] != old["taskArn"]])

    assert not alive(process)
    assert model.ends() == "UPDATE_COMPLETE"


def test_with_more_instances_an_old_server_serves_until_a_new_one_does(model: HostedModel) -> None:
    two = {"MinCapacity": "2", "MaxCapacity": "2", "DesiredCapacity": "2"}
    assert model.update({"VERSION": "1"}, **two) == "UPDATE_COMPLETE"
    model.begin_update({"VERSION": "2"}, **two)

    while model.status() == "UPDATE_IN_PROGRESS":
        assert "healthy" in model.healths()
    assert (model.status(), model.healths()) == ("UPDATE_COMPLETE", ["healthy"] * 2)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_an_update_goes_on_after_the_emulator_was_restarted(
    world: World, model: HostedModel, how: signal.Signals
) -> None:
    model.begin_update({"VERSION": "2", "START_AFTER": "3"}, MaxCapacity="2")
    eventually(lambda: "PENDING" in [task["lastStatus"] for task in model.tasks()])
    time.sleep(1.5)  # what is older than a second is on disk
    assert model.status() == "UPDATE_IN_PROGRESS"
    world.emulator.end(how)
    world.emulator.start()

    assert model.ends() == "UPDATE_COMPLETE"
    assert (model.environment()["VERSION"], model.parameter("MaxCapacity")) == ("2", "2")
    assert model.healths() == ["healthy"]


def test_a_rollback_goes_on_after_the_emulator_was_killed(world: World, model: HostedModel) -> None:
    model.update({"VERSION": "1", "START_AFTER": "3"})
    model.begin_update({"FAIL_WITH": "no weights"}, MaxCapacity="2")
    eventually(lambda: model.status() == "UPDATE_ROLLBACK_IN_PROGRESS")
    time.sleep(1.5)  # what is older than a second is on disk
    world.emulator.end(signal.SIGKILL)
    world.emulator.start()

    assert model.ends() == "UPDATE_ROLLBACK_COMPLETE"
    assert (model.environment()["VERSION"], model.parameter("MaxCapacity")) == ("1", "1")
    assert model.healths() == ["healthy"]
