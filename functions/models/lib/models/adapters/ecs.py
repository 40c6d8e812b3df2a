"""The model's servers as ECS and the load balancer see them."""

from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from kernel.observability import client
from model_stack import resource_name
from models.ports import Servers, StoppedTask

# The stack makes these one after the other, and the watch begins with the first.
_NOT_THERE_YET = ("ServiceNotFoundException", "ClusterNotFoundException", "TargetGroupNotFound")


class EcsCluster:
    """The `Cluster` port: a model's cluster, service and target group bear one name."""

    def __init__(self, deployment: str) -> None:
        self._deployment = deployment

    def servers(self, model_id: str, since: datetime) -> Servers:
        name = resource_name(self._deployment, model_id)
        try:
            return Servers(_healthy(name), _stopped(name, since), _given_up(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in _NOT_THERE_YET:
                return Servers()
            raise


def _healthy(name: str) -> bool:
    groups = client("elbv2").describe_target_groups(Names=[name])["TargetGroups"]
    health = client("elbv2").describe_target_health(TargetGroupArn=groups[0]["TargetGroupArn"])
    states = [target["TargetHealth"]["State"] for target in health["TargetHealthDescriptions"]]
    return "healthy" in states


def _stopped(name: str, since: datetime) -> tuple[StoppedTask, ...]:
    arns = client("ecs").list_tasks(cluster=name, serviceName=name, desiredStatus="STOPPED")
    if not arns["taskArns"]:
        return ()
    tasks = client("ecs").describe_tasks(cluster=name, tasks=arns["taskArns"][:100])["tasks"]
    # ECS remembers stopped tasks for an hour: also those of a model that had this id before.
    ours = [task for task in tasks if task["createdAt"] >= since]
    return tuple(map(_stopped_task, sorted(ours, key=lambda task: str(task.get("stoppedAt")))))


def _given_up(name: str) -> str:
    for service in client("ecs").describe_services(cluster=name, services=[name])["services"]:
        for deployment in service.get("deployments", []):
            if deployment.get("rolloutState") == "FAILED":
                return str(deployment.get("rolloutStateReason") or "deployment failed")
    return ""


def _stopped_task(task: dict[str, Any]) -> StoppedTask:
    container = (task.get("containers") or [{}])[0]
    return StoppedTask(
        reason=str(task.get("stoppedReason", "")),
        exit_code=container.get("exitCode"),
        last_words=str(container.get("reason", ""))[:500],
    )
