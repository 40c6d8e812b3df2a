"""One suite for how a model's servers fare, in ECS with its load balancer and in memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from diagnosis import StoppedTask
from model_stack import log_group_name, resource_name
from models.adapters.ecs import EcsCluster
from models.ports import Cluster, Servers
from tests.support.answering import Refused, answered
from tests.support.in_memory import InMemoryCluster, InMemoryStacks
from tests.support.model_payloads import NOON, hosted

type Json = dict[str, Any]

NAME = resource_name("lisa-test", "m")
LOG_GROUP = log_group_name("lisa-test", "m")
LATER = NOON + timedelta(seconds=30)
PRIMARY = "arn:aws:ecs:eu-west-1:123456789012:task-definition/m:2"


@dataclass
class Aws:
    """ECS, load balancer, Auto Scaling and logs: all that bears one model's name."""

    missing: str = ""
    targets: list[str] = field(default_factory=list)
    tasks: list[Json] = field(default_factory=list)
    deployments: list[Json] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    activities: list[Json] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    running: int = 0

    def __call__(self, operation: str, given: Json) -> Json:
        names = {given.get("cluster"), given.get("serviceName"), *given.get("Names", [])}
        assert names | {given.get("AutoScalingGroupName")} <= {NAME, None}
        assert given.get("logGroupName") in (LOG_GROUP, None)
        if operation == self.missing.partition(":")[0]:
            raise Refused(self.missing.partition(":")[2])
        states = [{"TargetHealth": {"State": state, "Reason": "R"}} for state in self.targets]
        service: Json = {
            "runningCount": self.running,
            "pendingCount": 0,
            "desiredCount": 1,
            "deployments": self.deployments,
            "events": self.events,
        }
        answers: Json = {
            "DescribeTargetGroups": {"TargetGroups": [{"TargetGroupArn": "arn"}]},
            "DescribeTargetHealth": {"TargetHealthDescriptions": states},
            "ListTasks": {"taskArns": [str(number) for number, _ in enumerate(self.tasks)]},
            "DescribeTasks": {"tasks": self.tasks},
            "DescribeServices": {"services": [service]},
            "DescribeScalingActivities": {"Activities": self.activities},
            "GetLogEvents": {"events": [{"message": line} for line in self.log]},
        }
        found: Json = answers[operation]
        return found


class InEcs:
    """A scene in AWS."""

    def __init__(self) -> None:
        self.aws = Aws(deployments=[deployment(running=0)])
        self.cluster: Cluster = EcsCluster("lisa-test")

    def serves(self, healthy: bool) -> None:
        self.aws.running = 1
        self.aws.deployments = [deployment(running=1)]
        self.aws.targets = ["unhealthy", "healthy" if healthy else "initial"]

    def ended(self, begun: datetime, task: StoppedTask) -> None:
        container: Json = {"reason": task.container_reason} if task.container_reason else {}
        container |= {"exitCode": task.exit_code} if task.exit_code is not None else {}
        told = {"createdAt": begun, "stoppedAt": begun, "stoppedReason": task.reason}
        about = {"taskDefinitionArn": PRIMARY, "taskArn": "arn:aws:ecs:task/c/7"}
        self.aws.tasks.insert(0, told | about | {"containers": [container]})

    def gave_up(self, reason: str) -> None:
        failed = {"rolloutState": "FAILED", "rolloutStateReason": reason}
        self.aws.deployments = [deployment(running=0) | failed]


def deployment(running: int, status: str = "PRIMARY") -> Json:
    return {
        "status": status,
        "taskDefinition": PRIMARY,
        "rolloutState": "IN_PROGRESS",
        "runningCount": running,
        "pendingCount": 0,
    }


class InMemory:
    """The same scene without AWS."""

    def __init__(self) -> None:
        self.stacks = InMemoryStacks()
        self.cluster = InMemoryCluster(self.stacks, healthy=False)

    def serves(self, healthy: bool) -> None:
        self.stacks.create(hosted("m"))
        self.cluster.healthy = healthy

    def ended(self, begun: datetime, task: StoppedTask) -> None:
        self.cluster.ended.append((begun, task))

    def gave_up(self, reason: str) -> None:
        self.cluster.given_up = reason


@pytest.fixture
def ecs(models_environment: None) -> Iterator[InEcs]:
    scene = InEcs()
    with ExitStack() as services:
        for service in ("ecs", "elbv2", "autoscaling", "logs"):
            services.enter_context(answered(service, scene.aws))
        yield scene


@pytest.fixture(params=["ecs", "in memory"])
def scene(request: pytest.FixtureRequest) -> InEcs | InMemory:
    return request.getfixturevalue("ecs") if request.param == "ecs" else InMemory()


def test_before_anything_runs_nothing_is_healthy(scene: InEcs | InMemory) -> None:
    servers = scene.cluster.servers("m", NOON)
    assert (servers.running, servers.healthy) == (0, False)


def test_a_server_that_has_not_answered_runs_and_is_not_healthy(scene: InEcs | InMemory) -> None:
    scene.serves(healthy=False)
    servers = scene.cluster.servers("m", NOON)
    assert (servers.running, servers.healthy) == (1, False)


def test_one_healthy_server_is_enough(scene: InEcs | InMemory) -> None:
    scene.serves(healthy=True)
    servers = scene.cluster.servers("m", NOON)
    assert (servers.running, servers.settled, servers.healthy) == (1, True, True)


def test_what_ended_is_told_in_the_order_in_which_it_ended(scene: InEcs | InMemory) -> None:
    died = StoppedTask("Essential container in task exited", exit_code=137)
    refused = StoppedTask("CannotPullContainerError: no such image")
    scene.ended(NOON, refused)
    scene.ended(LATER, died)
    assert scene.cluster.servers("m", NOON).evidence.stopped_tasks == (refused, died)


def test_what_ended_before_the_change_was_asked_for_is_left_out(scene: InEcs | InMemory) -> None:
    scene.ended(NOON, StoppedTask("of a namesake", exit_code=1))
    assert scene.cluster.servers("m", LATER).evidence.stopped_tasks == ()


def test_a_service_that_ecs_gave_up_is_told(scene: InEcs | InMemory) -> None:
    scene.gave_up("ECS deployment circuit breaker: tasks failed to start.")
    given_up = scene.cluster.servers("m", NOON).evidence.given_up
    assert given_up == "ECS deployment circuit breaker: tasks failed to start."


def test_a_rollout_is_settled_when_only_the_newest_servers_are_left(ecs: InEcs) -> None:
    ecs.serves(healthy=True)
    ecs.aws.deployments.append(deployment(running=1, status="ACTIVE"))
    assert not ecs.cluster.servers("m", NOON).settled
    ecs.aws.deployments[1]["runningCount"] = 0
    assert ecs.cluster.servers("m", NOON).settled


def test_servers_of_a_shape_that_was_left_are_no_evidence(ecs: InEcs) -> None:
    ecs.ended(NOON, StoppedTask("of the former definition", exit_code=1))
    ecs.aws.tasks[0]["taskDefinitionArn"] = PRIMARY.replace(":2", ":1")
    assert ecs.cluster.servers("m", NOON).evidence.stopped_tasks == ()


def test_the_last_lines_of_a_dead_server_and_all_other_words_are_evidence(ecs: InEcs) -> None:
    ecs.aws.log = ["loading", "CUDA out of memory"]
    ecs.ended(NOON, StoppedTask("Essential container in task exited", exit_code=1))
    ecs.aws.events = [{"createdAt": NOON, "message": "was unable to place a task"}]
    failed = {"StatusCode": "Failed", "StatusMessage": "no capacity", "StartTime": NOON}
    ecs.aws.activities = [failed, failed | {"StartTime": NOON - timedelta(hours=1)}]
    ecs.aws.targets = ["unhealthy"]
    evidence = ecs.cluster.servers("m", NOON).evidence
    assert evidence.stopped_tasks[0].last_lines == ("loading", "CUDA out of memory")
    assert evidence.service_events[0].message == "was unable to place a task"
    assert [activity.message for activity in evidence.scaling_activities] == ["no capacity"]
    assert (evidence.targets[0].state, evidence.targets[0].reason_code) == ("unhealthy", "R")
    assert (evidence.region, evidence.log_group) == ("eu-west-1", LOG_GROUP)


@pytest.mark.parametrize(
    "missing",
    ["GetLogEvents:ResourceNotFoundException", "DescribeScalingActivities:ValidationError"],
)
def test_what_only_helps_to_explain_may_be_missing(ecs: InEcs, missing: str) -> None:
    ecs.ended(NOON, StoppedTask("Essential container in task exited", exit_code=1))
    ecs.aws.missing = missing
    assert len(ecs.cluster.servers("m", NOON).evidence.stopped_tasks) == 1


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
