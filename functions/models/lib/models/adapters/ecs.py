"""The model's servers as ECS, the load balancer, Auto Scaling and the log see them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from diagnosis import Evidence, ScalingActivity, ServiceEvent, StoppedTask, TargetHealth
from kernel.observability import client, logger
from model_stack import log_group_name, resource_name
from models.ports import Servers

type Json = dict[str, Any]

# The stack makes these one after the other, and the watch begins with the first.
_NOT_THERE_YET = ("ServiceNotFoundException", "ClusterNotFoundException", "TargetGroupNotFound")
# What a server says last is why it ended; CloudWatch gives at most so many lines at once.
_LAST_LINES = 40
_MOST_TASKS = 20


class EcsCluster:
    """The `Cluster` port: a model's cluster, service, group and targets bear one name."""

    def __init__(self, deployment: str) -> None:
        self._deployment = deployment

    def servers(self, model_id: str, since: datetime) -> Servers:
        name = resource_name(self._deployment, model_id)
        try:
            return self._servers(name, log_group_name(self._deployment, model_id), since)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_THERE_YET:
                return Servers()
            raise

    def _servers(self, name: str, log_group: str, since: datetime) -> Servers:
        service = _service(name)
        primary = _primary(service)
        targets = _targets(name)
        running = int(service.get("runningCount", 0)) + int(service.get("pendingCount", 0))
        return Servers(
            running=running,
            settled=_is_settled(service),
            healthy=any(target.state == "healthy" for target in targets),
            evidence=Evidence(
                stopped_tasks=_stopped(name, log_group, primary, since),
                # Auto Scaling is asked only while no instance has brought a server up.
                scaling_activities=() if service.get("runningCount") else _activities(name, since),
                service_events=_events(service, since),
                targets=targets,
                given_up=_given_up(primary),
                region=str(client("ecs").meta.region_name),
                log_group=log_group,
            ),
        )


def _service(name: str) -> Json:
    found = client("ecs").describe_services(cluster=name, services=[name])["services"]
    return dict(found[0]) if found else {}


def _primary(service: Json) -> Json:
    deployments = service.get("deployments", [])
    return dict(next((one for one in deployments if one.get("status") == "PRIMARY"), {}))


def _is_settled(service: Json) -> bool:
    """Whether the primary deployment has all its tasks and no other has any."""
    counts = [
        (one.get("status"), one.get("runningCount", 0), one.get("pendingCount", 0))
        for one in service.get("deployments", [])
    ]
    others = sum(running + pending for status, running, pending in counts if status != "PRIMARY")
    primary = sum(running for status, running, _ in counts if status == "PRIMARY")
    return bool(others == 0 and primary >= service.get("desiredCount", 0))


def _given_up(primary: Json) -> str:
    if primary.get("rolloutState") != "FAILED":
        return ""
    return str(primary.get("rolloutStateReason") or "deployment failed")


def _events(service: Json, since: datetime) -> tuple[ServiceEvent, ...]:
    """ECS lists the newest first."""
    events = [one for one in service.get("events", []) if one["createdAt"] >= since]
    return tuple(ServiceEvent(message=one["message"]) for one in reversed(events))


def _targets(name: str) -> tuple[TargetHealth, ...]:
    groups = client("elbv2").describe_target_groups(Names=[name])["TargetGroups"]
    health = client("elbv2").describe_target_health(TargetGroupArn=groups[0]["TargetGroupArn"])
    return tuple(
        TargetHealth(
            state=one["TargetHealth"]["State"],
            reason_code=one["TargetHealth"].get("Reason", ""),
            description=one["TargetHealth"].get("Description", ""),
        )
        for one in health["TargetHealthDescriptions"]
    )


def _stopped(name: str, log: str, primary: Json, since: datetime) -> tuple[StoppedTask, ...]:
    arns = client("ecs").list_tasks(cluster=name, serviceName=name, desiredStatus="STOPPED")
    if not arns["taskArns"]:
        return ()
    tasks = client("ecs").describe_tasks(cluster=name, tasks=arns["taskArns"][:100])["tasks"]
    definition = primary.get("taskDefinition")
    # ECS remembers stopped tasks for an hour: also those of a model that had this id before, and
    # those of a shape that has been left.
    ours = [
        task
        for task in tasks
        if task["createdAt"] >= since and task.get("taskDefinitionArn") in (definition, None)
    ]
    ours.sort(key=lambda task: str(task.get("stoppedAt")))
    return tuple(_stopped_task(task, log) for task in ours[-_MOST_TASKS:])


def _stopped_task(task: Json, log_group: str) -> StoppedTask:
    container = (task.get("containers") or [{}])[0]
    died = container.get("exitCode") is not None
    return StoppedTask(
        reason=str(task.get("stoppedReason", "")),
        stop_code=str(task.get("stopCode", "")),
        exit_code=container.get("exitCode"),
        container_reason=str(container.get("reason", "")),
        last_lines=_last_lines(log_group, task["taskArn"].rpartition("/")[2]) if died else (),
    )


def _last_lines(log_group: str, task_id: str) -> tuple[str, ...]:
    events = _if_known(
        lambda: client("logs").get_log_events(
            logGroupName=log_group,
            logStreamName=f"model/model/{task_id}",
            limit=_LAST_LINES,
            startFromHead=False,
        )["events"]
    )
    return tuple(str(event["message"]) for event in events)


def _activities(name: str, since: datetime) -> tuple[ScalingActivity, ...]:
    found = _if_known(
        lambda: client("autoscaling").describe_scaling_activities(
            AutoScalingGroupName=name, MaxRecords=20
        )["Activities"]
    )
    return tuple(
        ScalingActivity(
            status=one["StatusCode"],
            message=one.get("StatusMessage", ""),
            cause=one.get("Cause", ""),
        )
        for one in reversed(found)
        if one["StartTime"] >= since
    )


def _if_known(ask: Callable[[], list[Json]]) -> list[Json]:
    """What only helps to explain must not break the watch: no log yet, no group yet."""
    try:
        return ask()
    except ClientError as error:
        logger.info("no evidence", code=error.response["Error"]["Code"])
        return []
