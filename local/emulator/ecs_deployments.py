"""What a service says of itself while it changes: rollout, counts, and the end after its last task.

Symptom: a new service claims a completed deployment, tasks that are being started are not counted
as pending, every update tells of draining, and a deleted service is gone before its tasks are.
"""

import json
from typing import Any

from ministack.core.responses import json_response
from ministack.services import ecs

from local.emulator.ecs_events import note
from local.emulator.ecs_services import NOT_YET_RUNNING, tasks_left

Record = dict[str, Any]
Response = Any  # status, headers and body: whatever ministack makes of them


def _deployment_maker(make: Any) -> Any:
    def make_deployment(definition: str, desired: int, status: str = "PRIMARY") -> Record:
        deployment: Record = make(definition, desired, status)
        deployment["rolloutState"] = "IN_PROGRESS"
        deployment["rolloutStateReason"] = f"ECS deployment {deployment['id']} in progress."
        return deployment

    return make_deployment


def _completer(complete: Any) -> Any:
    """Tell when a rollout has reached its end."""

    def complete_deployment(
        cluster: str, key: str, expected_deployment_id: str | None = None
    ) -> None:
        before = _rollout(key)
        complete(cluster, key, expected_deployment_id)
        service = ecs._services.get(key)
        if service and before == "IN_PROGRESS" and _rollout(key) == "COMPLETED":
            service["_deaths"] = 0
            note(service, "has reached a steady state")

    return complete_deployment


def _rollout(key: str) -> str | None:
    deployment = ecs._primary_deployment(ecs._services.get(key) or {})
    return deployment.get("rolloutState") if deployment else None


def _refresher(refresh: Any) -> Any:
    """Count every task on its way to RUNNING as pending."""

    def refresh_state(cluster: str, group: str) -> None:
        refresh(cluster, group)
        service = ecs._services.get(f"{cluster}/{str(group).removeprefix('service:')}")
        if service is None:
            return
        coming = [
            task.get("_deployment_id")
            for task in ecs._tasks.values()
            if task.get("group") == group
            and task.get("clusterArn") == service["clusterArn"]
            and task["lastStatus"] in NOT_YET_RUNNING
        ]
        service["pendingCount"] = len(coming)
        for deployment in service.get("deployments", []):
            deployment["pendingCount"] = coming.count(deployment["id"])

    return refresh_state


def _updater(update: Any) -> Any:
    def update_service(data: Record) -> Response:
        name = str(data.get("service", "")).rsplit("/", 1)[-1]
        cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
        service = ecs._services.get(f"{cluster}/{name}")
        if service is not None:
            _begin_anew(service, data)
        response: Response = update(data)
        if service is None or response[0] >= 400:
            return response
        drained = "has begun draining connections on 1 tasks."
        service["events"] = [e for e in service["events"] if not e["message"].endswith(drained)]
        return json_response({"service": ecs._sanitize(service)})

    return update_service


def _begin_anew(service: Record, data: Record) -> None:
    """A change by its owner ends the back-off, and gives a failed deployment another chance."""
    service["_deaths"] = 0
    service["_not_before"] = 0
    deployment = ecs._primary_deployment(service)
    if deployment and deployment.get("rolloutState") == "FAILED" and data.get("desiredCount"):
        deployment.update(rolloutState="IN_PROGRESS", failedTasks=0)
        deployment["rolloutStateReason"] = f"ECS deployment {deployment['id']} in progress."


def _deleter(delete: Any) -> Any:
    """A deleted service drains until its last task has stopped."""

    def delete_service(data: Record) -> Response:
        response: Response = delete(data)
        if response[0] >= 400:
            return response
        described = json.loads(response[2])["service"]
        service = next(
            (s for s in ecs._services.values() if s["serviceArn"] == described["serviceArn"]), None
        )
        if service is None:
            return response
        if tasks_left(service):
            service["status"] = "DRAINING"
        return json_response({"service": ecs._sanitize(service)})

    return delete_service


def apply() -> None:
    """Wrap what reports a service's state."""
    ecs._make_deployment = _deployment_maker(ecs._make_deployment)
    ecs._complete_service_deployment = _completer(ecs._complete_service_deployment)
    ecs._refresh_service_state = _refresher(ecs._refresh_service_state)
    ecs._update_service = _updater(ecs._update_service)
    ecs._delete_service = _deleter(ecs._delete_service)
    ecs._ACTION_MAP["UpdateService"] = ecs._update_service
    ecs._ACTION_MAP["DeleteService"] = ecs._delete_service
