"""Services on the emulator whose tasks are real processes."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.emulator.running import eventually
from tests.integration.ecs.cloud import CLUSTER, Cloud, Service, alive

EXPECTED_WITHIN = 30.0


@contextmanager
def calling(service: Service, path: str = "/") -> Iterator[list[str]]:
    """Somebody who calls the service all the time; yields what went wrong for them."""
    complaints: list[str] = []
    over = threading.Event()

    def call() -> None:
        while not over.is_set():
            try:
                service.get(path)
            except (OSError, ValueError) as error:
                complaints.append(repr(error))

    caller = threading.Thread(target=call)
    caller.start()
    yield complaints
    over.set()
    caller.join()


@pytest.fixture
def service(cloud: Cloud) -> Iterator[Service]:
    """A running service, deleted afterwards."""
    made = cloud.service(cloud.definition())
    eventually(lambda: made.rollout() == "COMPLETED", EXPECTED_WITHIN)
    # The agent opens a new listener's door when it next looks, which may be later than that.
    assert made.first_answer()
    yield made
    cloud.ecs.delete_service(cluster=CLUSTER, service=made.name, force=True)


@pytest.mark.promise("hosting.own-balancer")
def test_a_service_answers_through_its_load_balancer(service: Service) -> None:
    assert alive(service.get()["pid"])
    assert [target["TargetHealth"]["State"] for target in service.targets()] == ["healthy"]
    described = service.described()
    assert (described["runningCount"], described["pendingCount"]) == (1, 0)
    told = " ".join(event["message"] for event in described["events"])
    assert "has started 1 tasks" in told
    assert "registered 1 targets" in told
    assert "has reached a steady state" in told


def test_a_caller_waits_while_a_killed_server_comes_back(service: Service) -> None:
    killed = service.get()["pid"]
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: not alive(killed))
    assert service.get()["pid"] != killed
    stopped = service.tasks("STOPPED")[0]
    assert stopped["stopCode"] == "EssentialContainerExited"
    assert stopped["containers"][0]["exitCode"] == 137


def test_a_server_that_keeps_dying_trips_the_breaker_and_tells_why(cloud: Cloud) -> None:
    failing = cloud.service(cloud.definition(FAIL_WITH="ValueError: no weights"), balanced=False)
    eventually(lambda: failing.rollout() == "FAILED", EXPECTED_WITHIN)
    reason = failing.described()["deployments"][0]["rolloutStateReason"]
    assert "circuit breaker was triggered after 3 consecutive task failures" in reason
    assert reason.endswith("Essential container in task exited: ValueError: no weights")
    assert len(failing.tasks("STOPPED")) == 3
    assert failing.tasks() == []


def test_an_unknown_image_stops_the_task_as_on_aws(cloud: Cloud) -> None:
    failing = cloud.service(cloud.definition("ghcr.io/other/tgi:3"), balanced=False)
    stopped = eventually(lambda: failing.tasks("STOPPED"), EXPECTED_WITHIN)[0]
    assert stopped["stopCode"] == "TaskFailedToStart"
    assert stopped["stoppedReason"].startswith("CannotPullContainerError: no local runner")
    assert "test-server" in stopped["stoppedReason"]


def test_scaling_to_zero_stops_the_process_and_up_again_starts_one(service: Service) -> None:
    first = service.get()["pid"]
    service.update(desiredCount=0)
    eventually(lambda: not alive(first), EXPECTED_WITHIN)
    assert service.targets() == []
    service.update(desiredCount=2)
    eventually(lambda: service.described()["runningCount"] == 2, EXPECTED_WITHIN)
    assert len({service.get()["pid"] for _ in range(4)}) == 2


def test_a_task_that_a_user_stops_is_replaced(cloud: Cloud, service: Service) -> None:
    task = service.tasks()[0]["taskArn"]
    cloud.ecs.stop_task(cluster=CLUSTER, task=task, reason="Trying it out")
    eventually(lambda: service.described()["runningCount"] == 1, EXPECTED_WITHIN)
    assert service.tasks()[0]["taskArn"] != task
    stopped = eventually(lambda: [t for t in service.tasks("STOPPED") if "stoppedAt" in t])[0]
    assert (stopped["stopCode"], stopped["stoppedReason"]) == ("UserInitiated", "Trying it out")


def test_a_new_version_replaces_the_old_one_under_the_callers_feet(
    cloud: Cloud, service: Service
) -> None:
    old = service.get()["pid"]
    with calling(service) as complaints:
        service.update(taskDefinition=cloud.definition(VERSION="2"))
        eventually(lambda: service.rollout() == "COMPLETED", EXPECTED_WITHIN)
        eventually(lambda: not alive(old), EXPECTED_WITHIN)
    assert service.get()["version"] == "2"
    # The server of these tests does not finish what it has begun when it is told to stop.
    assert len(complaints) <= 1


def test_a_deleted_service_drains_and_leaves_nothing(cloud: Cloud) -> None:
    deleted = cloud.service(cloud.definition())
    pid = deleted.first_answer()["pid"]
    cloud.ecs.delete_service(cluster=CLUSTER, service=deleted.name, force=True)
    assert deleted.targets() == []
    eventually(lambda: deleted.described()["status"] == "INACTIVE", EXPECTED_WITHIN)
    assert not alive(pid)
    assert deleted.tasks() == []


STACK = """
Resources:
  Definition:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: from-a-stack
      ContainerDefinitions:
        - {Name: model, Image: test-server, Memory: 64, PortMappings: [{ContainerPort: 8080}]}
  Service:
    Type: AWS::ECS::Service
    Properties:
      {Cluster: test-cluster, ServiceName: from-a-stack, TaskDefinition: !Ref Definition}
"""


def test_a_deleted_stack_takes_its_processes_along(cloud: Cloud) -> None:
    cloud.emulator.deploy("from-a-stack", STACK)
    made = Service(cloud, "from-a-stack")
    eventually(lambda: made.described()["runningCount"] == 1, EXPECTED_WITHIN)
    pid = int(made.tasks()[0]["containers"][0]["runtimeId"])
    assert alive(pid)
    cloud.emulator.client("cloudformation").delete_stack(StackName="from-a-stack")
    eventually(lambda: not alive(pid), EXPECTED_WITHIN)
