"""The ECS control plane as its agent sees it, through AWS's own API. Every call blocks."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.ecs_agent.orders import Container, Order, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from local.ecs_agent.settings import Settings

# Listing clusters costs as much as listing tasks, and clusters hardly ever change.
POLLS_PER_CLUSTER_LIST = 10
MOST_DESCRIBED = 100
# Answers to a report on something that is gone for good: saying it again would not help.
NOBODY_TO_TELL = ("InvalidParameterException", "ClusterNotFoundException", "ClientException")


class Away(Exception):
    """The control plane gave no usable answer; the same call may succeed later."""


@contextmanager
def reaching(what: str) -> Iterator[None]:
    """Turn every failure of a call into one that the agent waits out."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Away(f"{what}: {error}") from error
    except KeyError as missing:
        # An emulator that is killed in the middle of an answer leaves one that parses as empty.
        raise Away(f"{what}: the answer has no {missing}") from missing


def client(settings: Settings, service: str) -> Any:
    """A client that gives up early, because the agent asks again anyway."""
    return boto3.client(  # type: ignore[call-overload]
        service,
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.access_key,
        aws_secret_access_key=settings.secret_key,
        config=Config(connect_timeout=2, read_timeout=20, retries={"total_max_attempts": 1}),
    )


class ControlPlane:
    """Orders and reports."""

    def __init__(self, settings: Settings) -> None:
        self._ecs = client(settings, "ecs")
        self._clusters: list[str] = []
        self._polls = 0
        self._containers: dict[str, Container] = {}

    @property
    def known_clusters(self) -> list[str]:
        """The clusters as last heard."""
        return list(self._clusters)

    def _current_clusters(self) -> list[str]:
        if not self._clusters or self._polls % POLLS_PER_CLUSTER_LIST == 0:
            arns = self._ecs.list_clusters()["clusterArns"]
            self._clusters = [arn.rsplit("/", 1)[-1] for arn in arns]
        self._polls += 1
        return self._clusters

    def tasks(self, desired: str) -> set[str]:
        """The ARNs of all tasks that should run, or that should not."""
        found: set[str] = set()
        with reaching("The list of tasks"):
            for cluster in self._current_clusters():
                pages = self._ecs.get_paginator("list_tasks")
                for page in pages.paginate(cluster=cluster, desiredStatus=desired):
                    found.update(page["taskArns"])
        return found

    def orders(self, arns: Iterable[str]) -> tuple[list[Order], set[str]]:
        """What is wanted of these tasks, and those that the control plane does not know."""
        by_cluster: dict[str, list[str]] = {}
        for arn in sorted(arns):
            by_cluster.setdefault(arn.split("/")[-2], []).append(arn)
        orders: list[Order] = []
        unknown: set[str] = set()
        with reaching("The description of tasks"):
            for cluster, all_arns in by_cluster.items():
                for start in range(0, len(all_arns), MOST_DESCRIBED):
                    some = all_arns[start : start + MOST_DESCRIBED]
                    answer = self._ecs.describe_tasks(cluster=cluster, tasks=some)
                    orders.extend(_order(cluster, task) for task in answer["tasks"])
                    unknown.update(failure["arn"] for failure in answer["failures"])
        return orders, unknown

    def container(self, definition: str) -> Container:
        """The first container of a task definition."""
        if definition not in self._containers:
            with reaching("The task definition"):
                answer = self._ecs.describe_task_definition(taskDefinition=definition)
            self._containers[definition] = _container(answer["taskDefinition"])
        return self._containers[definition]

    def submit(self, report: Report) -> None:
        """Say what became of a task. The control plane may have forgotten it, which is fine."""
        with reaching("The report on a task"):
            try:
                self._ecs.submit_task_state_change(**_submission(report))
            except ClientError as error:
                if error.response["Error"]["Code"] not in NOBODY_TO_TELL:
                    raise


def _order(cluster: str, task: dict[str, Any]) -> Order:
    group = str(task.get("group", ""))
    overrides = (task.get("overrides") or {}).get("containerOverrides") or [{}]
    return Order(
        arn=task["taskArn"],
        cluster=cluster,
        definition=task["taskDefinitionArn"],
        desired=task["desiredStatus"],
        last=task["lastStatus"],
        service=group.removeprefix("service:") if group.startswith("service:") else "",
        command=tuple(overrides[0].get("command") or ()),
        environment=_pairs(overrides[0].get("environment")),
    )


def _container(definition: dict[str, Any]) -> Container:
    first = definition["containerDefinitions"][0]
    return Container(
        name=first["name"],
        image=first["image"],
        command=tuple(first.get("command") or ()),
        environment=_pairs(first.get("environment")),
        ports=tuple(int(p["containerPort"]) for p in first.get("portMappings") or ()),
        stop_timeout=float(first.get("stopTimeout") or 30),
        role=definition.get("taskRoleArn") or "",
    )


def _pairs(environment: list[dict[str, str]] | None) -> dict[str, str]:
    return {pair["name"]: pair["value"] for pair in environment or ()}


def _binding(container_port: int, host_port: int) -> dict[str, Any]:
    binding = {"bindIP": "127.0.0.1", "containerPort": container_port, "hostPort": host_port}
    return {**binding, "protocol": "tcp"}


def _submission(report: Report) -> dict[str, Any]:
    container: dict[str, Any] = {"containerName": report.container, "status": report.status}
    if report.exit_code is not None:
        container["exitCode"] = report.exit_code
    if report.container_reason:
        container["reason"] = report.container_reason
    if report.pid is not None:
        container["runtimeId"] = str(report.pid)
    if report.host_port is not None:
        container["networkBindings"] = [
            _binding(port, report.host_port) for port in report.container_ports
        ]
    change = {"cluster": report.cluster, "task": report.arn, "status": report.status}
    if report.reason:
        change["reason"] = report.reason
    return {**change, "containers": [container] if report.container else []}
