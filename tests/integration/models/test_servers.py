"""One suite for how a model's servers fare, in ECS with its load balancer and in memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from model_stack import resource_name
from models.adapters.ecs import EcsCluster
from models.ports import Cluster, Servers, StoppedTask
from tests.support.answering import Refused, answered
from tests.support.in_memory import InMemoryCluster
from tests.support.model_payloads import NOON

type Json = dict[str, Any]

NAME = resource_name("lisa-test", "m")
LATER = NOON + timedelta(seconds=30)


@dataclass
class Aws:
    """ECS and the load balancer: one model's cluster, service and target group."""

    missing: str = ""
    targets: list[str] = field(default_factory=list)
    tasks: list[Json] = field(default_factory=list)
    rollout: Json = field(default_factory=dict)

    def __call__(self, operation: str, given: Json) -> Json:
        names = {given.get("cluster"), given.get("serviceName"), *given.get("Names", [])}
        assert names <= {NAME, None}
        if operation == self.missing.partition(":")[0]:
            raise Refused(self.missing.partition(":")[2])
        states = [{"TargetHealth": {"State": state}} for state in self.targets]
        answers: Json = {
            "DescribeTargetGroups": {"TargetGroups": [{"TargetGroupArn": "arn"}]},
            "DescribeTargetHealth": {"TargetHealthDescriptions": states},
            "ListTasks": {"taskArns": [str(number) for number, _ in enumerate(self.tasks)]},
            "DescribeTasks": {"tasks": self.tasks},
            "DescribeServices": {"services": [{"deployments": [self.rollout]}]},
        }
        found: Json = answers[operation]
        return found


class InEcs:
    """A scene in AWS."""

    def __init__(self) -> None:
        self.aws = Aws()
        self.cluster: Cluster = EcsCluster("lisa-test")

    def healthy(self, healthy: bool) -> None:
        self.aws.targets = ["unhealthy", "healthy" if healthy else "initial"]

    def ended(self, begun: datetime, task: StoppedTask) -> None:
        container: Json = {"reason": task.last_words} if task.last_words else {}
        container |= {"exitCode": task.exit_code} if task.exit_code is not None else {}
        told = {"createdAt": begun, "stoppedAt": begun, "stoppedReason": task.reason}
        self.aws.tasks.insert(0, told | {"containers": [container]})

    def gave_up(self, reason: str) -> None:
        self.aws.rollout = {"rolloutState": "FAILED", "rolloutStateReason": reason}


class InMemory:
    """The same scene without AWS."""

    def __init__(self) -> None:
        self.cluster = InMemoryCluster(healthy=False)

    def healthy(self, healthy: bool) -> None:
        self.cluster.healthy = healthy

    def ended(self, begun: datetime, task: StoppedTask) -> None:
        self.cluster.ended.append((begun, task))

    def gave_up(self, reason: str) -> None:
        self.cluster.given_up = reason


@pytest.fixture
def ecs(models_environment: None) -> Iterator[InEcs]:
    scene = InEcs()
    with ExitStack() as services:
        for service in ("ecs", "elbv2"):
            services.enter_context(answered(service, scene.aws))
        yield scene


@pytest.fixture(params=["ecs", "in memory"])
def scene(request: pytest.FixtureRequest) -> InEcs | InMemory:
    return request.getfixturevalue("ecs") if request.param == "ecs" else InMemory()


def test_servers_that_have_not_answered_are_not_healthy(scene: InEcs | InMemory) -> None:
    scene.healthy(False)
    assert scene.cluster.servers("m", NOON) == Servers()


def test_one_healthy_server_is_enough(scene: InEcs | InMemory) -> None:
    scene.healthy(True)
    assert scene.cluster.servers("m", NOON) == Servers(healthy=True)


def test_what_ended_is_told_in_the_order_in_which_it_ended(scene: InEcs | InMemory) -> None:
    died = StoppedTask("Essential container in task exited", 137, "OutOfMemoryError")
    refused = StoppedTask("CannotPullContainerError: no such image")
    scene.ended(NOON, refused)
    scene.ended(LATER, died)
    assert scene.cluster.servers("m", NOON).stopped == (refused, died)


def test_what_ended_before_the_model_was_asked_for_is_left_out(scene: InEcs | InMemory) -> None:
    scene.ended(NOON, StoppedTask("of a namesake", 1))
    assert scene.cluster.servers("m", LATER).stopped == ()


def test_a_service_that_ecs_gave_up_is_told(scene: InEcs | InMemory) -> None:
    scene.gave_up("ECS deployment circuit breaker: tasks failed to start.")
    given_up = scene.cluster.servers("m", NOON).given_up
    assert given_up == "ECS deployment circuit breaker: tasks failed to start."


@pytest.mark.parametrize(
    "missing",
    [
        "DescribeTargetGroups:TargetGroupNotFound",
        "DescribeTargetHealth:TargetGroupNotFound",
        "ListTasks:ClusterNotFoundException",
        "ListTasks:ServiceNotFoundException",
        "DescribeServices:ClusterNotFoundException",
    ],
)
def test_what_the_stack_has_not_made_yet_is_no_error(ecs: InEcs, missing: str) -> None:
    ecs.aws.missing = missing
    assert ecs.cluster.servers("m", NOON) == Servers()


def test_a_refusal_of_aws_is_not_taken_for_a_server_on_its_way(ecs: InEcs) -> None:
    ecs.aws.missing = "ListTasks:AccessDeniedException"
    with pytest.raises(ClientError, match="AccessDenied"):
        ecs.cluster.servers("m", NOON)
