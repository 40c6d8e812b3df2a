"""A task's life in the control plane: the scheduler asks for it, the agent tells what became of it.

Symptom: without Docker, ministack calls every task RUNNING at the moment it is asked for and
STOPPED at the moment it is told to stop, and `SubmitTaskStateChange` is acknowledged and ignored.
Here an agent runs the tasks (`local.ecs_agent`), so ministack takes the path it has for Docker,
except that nothing in this process starts or stops anything.
"""

import time
from collections.abc import Callable
from typing import Any

from ministack.core.concurrency import resource_lock
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
from ministack.services import ecs

from local.emulator import ecs_services

Record = dict[str, Any]
Response = Any  # status, headers and body: whatever ministack makes of them
KEPT_SECONDS = 3600.0


def stopper(code: str) -> Callable[[Record], Response]:
    """A StopTask that says who asked for it."""

    def stop(data: Record) -> Response:
        cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
        task = ecs._resolve_task(data.get("task", ""), cluster)
        if not task:
            return _not_found(data)
        ask_to_stop(task, data.get("reason", "Task stopped by user"), code)
        return json_response({"task": ecs._sanitize(task)})

    return stop


def stop_by_user(data: Record) -> Response:
    """StopTask as a client calls it: a service replaces the task at once."""
    response = stopper("UserInitiated")(data)
    cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
    task = ecs._resolve_task(data.get("task", ""), cluster)
    if task:
        ecs_services.reconcile_service_of(task)
    return response


def ask_to_stop(task: Record, reason: str, code: str) -> None:
    """Want the task stopped. Its agent does it; a task that no agent has taken is stopped now."""
    with resource_lock("ecs-task", task["taskArn"]):
        if task.get("desiredStatus") == "STOPPED":
            return
        untaken = task["lastStatus"] == "PROVISIONING"
        task.update(desiredStatus="STOPPED", stoppedReason=reason, stopCode=code)
        task.update(stoppingAt=ecs._iso(), lastStatus="DEACTIVATING")
        ecs._bump_task_version(task)
    if untaken:
        finish(task)
    _recount(task)


def finish(task: Record) -> None:
    """The last state of a task."""
    with resource_lock("ecs-task", task["taskArn"]):
        now = ecs._iso()
        task.update(lastStatus="STOPPED", stoppedAt=now)
        task["executionStoppedAt"] = task.get("executionStoppedAt") or now
        for container in task.get("containers", []):
            container["lastStatus"] = "STOPPED"
        ecs._bump_task_version(task)


def submit_task_state_change(data: Record) -> Response:
    """The ECS agent's own API: what became of a task and of its containers."""
    task = ecs._resolve_task(
        data.get("task", ""), ecs._resolve_cluster_name(data.get("cluster", "default"))
    )
    if not task:
        return _not_found(data)
    if task["lastStatus"] != "STOPPED":
        _record_containers(task, data.get("containers") or [])
        _record_status(task, str(data.get("status", "")), str(data.get("reason", "")))
    return json_response({"acknowledgment": "ACCEPT"})


def _record_containers(task: Record, changes: list[Record]) -> None:
    members = ("exitCode", "reason", "networkBindings", "runtimeId", "imageDigest")
    with resource_lock("ecs-task", task["taskArn"]):
        for change in changes:
            for container in task.get("containers", []):
                if container["name"] == change.get("containerName"):
                    container.update({k: change[k] for k in members if change.get(k) is not None})
                    container["lastStatus"] = change.get("status") or container["lastStatus"]


def _record_status(task: Record, status: str, reason: str) -> None:
    if status == "STOPPED":
        _record_stop(task, reason)
    elif status == "RUNNING" and task["lastStatus"] != "RUNNING":
        _record_running(task)
    elif status == "PENDING" and task["lastStatus"] == "PROVISIONING":
        ecs._mark_task_pending(task["taskArn"], task)


def _record_running(task: Record) -> None:
    for container in task.get("containers", []):
        container["healthStatus"] = "HEALTHY"
    task["healthStatus"] = "HEALTHY"
    if not ecs._mark_task_running(task["taskArn"], task):
        return
    key = ecs_services.key_of(task)
    if key:
        cluster = key.split("/", 1)[0]
        ecs._schedule_service_deployment_completion(
            cluster, key, get_account_id(), get_region(), healthy_task=task
        )


def _record_stop(task: Record, reason: str) -> None:
    if task.get("desiredStatus") == "STOPPED":
        finish(task)
        _recount(task)
        ecs_services.after_stop(task)
    elif task["lastStatus"] == "RUNNING" and not _exited(task):
        # The agent lost sight of it: nobody's failure, so it neither waits nor counts.
        ecs._mark_task_stopped(task["taskArn"], task, reason, "TerminationNotice")
        ecs_services.after_stop(task)
    else:
        ecs_services.before_failure(task, reason)
        code = "EssentialContainerExited" if _exited(task) else "TaskFailedToStart"
        ecs._mark_task_stopped(task["taskArn"], task, reason, code)
        ecs_services.after_failure(task)
    forget_old_tasks()


def _exited(task: Record) -> bool:
    return any(c.get("exitCode") is not None for c in task.get("containers", []))


def _recount(task: Record) -> None:
    cluster = ecs._cluster_name_from_arn(task.get("clusterArn", ""))
    if cluster:
        ecs._recount_cluster(cluster)
        ecs._refresh_service_state(cluster, task.get("group", ""))


def forget_old_tasks() -> None:
    """A stopped task can be described for an hour."""
    for arn, task in ecs._tasks.items():
        stopped = ecs._ts_to_epoch(task.get("stoppedAt"))
        if task.get("lastStatus") == "STOPPED" and stopped and stopped < time.time() - KEPT_SECONDS:
            ecs._tasks.pop(arn, None)


def _not_found(data: Record) -> Response:
    sentence = f"The referenced task was not found: {data.get('task', '')}"
    return error_response_json("InvalidParameterException", sentence, 400)


def apply() -> None:
    """Leave starting and stopping to the agent."""
    the_agent = object()
    ecs._get_docker = lambda: the_agent
    ecs._ensure_ecs_reaper_thread = lambda: None
    ecs._run_task_worker = lambda *task: None
    ecs._deployment_needs_first_task = lambda *image_resolution: False
    ecs._stop_task = stopper("ServiceSchedulerInitiated")
    ecs._submit_task_state_change = submit_task_state_change
    ecs._ACTION_MAP["StopTask"] = stop_by_user
    ecs._ACTION_MAP["SubmitTaskStateChange"] = submit_task_state_change
