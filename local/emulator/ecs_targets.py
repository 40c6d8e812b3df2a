"""An ECS service registers its running tasks with its target groups, and withdraws them.

Symptom: ministack registers a container's own address with the container's port. Here every task
is a process on 127.0.0.1 with a port of its own, which its agent reports as a network binding.
"""

from typing import Any

from ministack.core.concurrency import resource_lock
from ministack.services import alb, ecs

from local.emulator.ecs_events import note

Record = dict[str, Any]
LOOPBACK = "127.0.0.1"


def host_port(task: Record, container_port: int) -> int | None:
    """The port on this machine behind a task's container port."""
    for container in task.get("containers", []):
        for binding in container.get("networkBindings") or []:
            if int(binding.get("containerPort", 0)) == int(container_port):
                return int(binding["hostPort"])
    return None


def running_ports(service: Record, container_port: int) -> list[int]:
    """Where the service's running tasks answer."""
    ports = [
        host_port(task, container_port)
        for task in ecs._tasks.values()
        if task.get("group") == f"service:{service['serviceName']}"
        and task.get("clusterArn") == service.get("clusterArn")
        and task.get("lastStatus") == "RUNNING"
    ]
    return sorted(port for port in ports if port is not None)


def publish(cluster: str, service: Record) -> None:
    """Make each target group hold exactly the running tasks, and leave other people's targets."""
    active = service.get("status") == "ACTIVE"
    for balancer in service.get("loadBalancers") or []:
        group = balancer.get("targetGroupArn")
        if not group or group not in alb._tgs:
            continue
        wanted = running_ports(service, balancer.get("containerPort", 80)) if active else []
        _replace(service, group, wanted)


def _replace(service: Record, group: str, wanted: list[int]) -> None:
    with resource_lock("elbv2-targets", group):
        ledger = service.setdefault("_published_targets", {})
        before = [int(port) for port in ledger.get(group, ())]
        registered = alb._targets.get(group, [])
        foreign = [t for t in registered if t["Id"] != LOOPBACK or t.get("Port") not in before]
        fresh = [{"Id": LOOPBACK, "Port": port} for port in wanted]
        alb._targets[group] = [t for t in foreign if t not in fresh] + fresh
        ledger[group] = wanted
    _tell(service, group, len(set(wanted) - set(before)), len(set(before) - set(wanted)))


def _tell(service: Record, group: str, added: int, removed: int) -> None:
    if added:
        note(service, f"registered {added} targets in (target-group {group})")
    if removed:
        note(service, f"deregistered {removed} targets in (target-group {group})")


def apply() -> None:
    """Let ministack's scheduler publish through us."""
    ecs._sync_service_targets = publish
