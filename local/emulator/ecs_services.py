"""A service keeps its desired number of tasks: replaced when they die, slower if they keep dying.

Symptom: ministack's reconciler may run twice at the same time, replaces a dead task at once for
ever, starts a new task beside one that is still stopping where maximumPercent leaves no room for
both, waits for the tasks of a deployment that a newer one replaces, tells of a deployment as
completed before a task runs, and says little in `events`.
"""

import threading
import time
from typing import Any

from ministack.core.responses import get_account_id, get_region, json_response, request_scope
from ministack.services import ecs

from local.emulator import ecs_backoff
from local.emulator.ecs_events import note, short

Record = dict[str, Any]
Response = Any  # status, headers and body: whatever ministack makes of them
NOT_YET_RUNNING = ("PROVISIONING", "PENDING", "ACTIVATING")
_one_reconciler = threading.RLock()
_timers: dict[tuple[str, str, str], threading.Timer] = {}


def key_of(task: Record) -> str | None:
    """`cluster/service` of a task, as ministack keys its services."""
    cluster = ecs._cluster_name_from_arn(task.get("clusterArn", ""))
    group = str(task.get("group", ""))
    if not cluster or not group.startswith("service:"):
        return None
    return f"{cluster}/{group.split(':', 1)[1]}"


def service_of(task: Record) -> Record | None:
    """The service that a task belongs to."""
    key = key_of(task)
    return ecs._services.get(key) if key else None


def reconcile_service_of(task: Record) -> None:
    """Bring the task's service back to its desired count."""
    key = key_of(task)
    if key:
        ecs._reconcile_service_tasks(key.split("/", 1)[0], key)


def after_stop(task: Record) -> None:
    """A stopped task makes room: for its replacement, or for the end of a deleted service."""
    service = service_of(task)
    if service is None:
        return
    note(service, f"has stopped 1 running tasks: {short(task)}")
    if service["status"] == "DRAINING" and not tasks_left(service):
        service["status"] = "INACTIVE"
    reconcile_service_of(task)


def tasks_left(service: Record) -> int:
    """How many tasks of the service are on their way to run, run or stop."""
    return sum(
        task.get("group") == f"service:{service['serviceName']}"
        and task.get("clusterArn") == service["clusterArn"]
        and task["lastStatus"] != "STOPPED"
        for task in ecs._tasks.values()
    )


def _room(service: Record) -> int:
    """How many more tasks may start: one that stops holds its place until it has stopped."""
    percent = int((service.get("deploymentConfiguration") or {}).get("maximumPercent", 200))
    return max(1, int(service["desiredCount"]) * percent // 100) - tasks_left(service)


def before_failure(task: Record, reason: str) -> None:
    """Count the death, so that the reconciliation that follows waits."""
    service = service_of(task)
    if service is None:
        return
    started = ecs._ts_to_epoch(task.get("startedAt"))
    served = time.time() - started if started else 0.0
    deaths = ecs_backoff.deaths_after(int(service.get("_deaths", 0)), served)
    service["_deaths"] = deaths
    service["_not_before"] = time.time() + ecs_backoff.wait(deaths, served)
    note(service, f"{short(task)} stopped: {_cause(task, reason)}")


def after_failure(task: Record) -> None:
    """A deployment that the circuit breaker gave up says which failure it was."""
    service = service_of(task)
    deployment = ecs._deployment_for_task(service, task) if service else None
    if service is None or deployment is None:
        return
    if not _breaker_enabled(service) and deployment.get("rolloutState") == "IN_PROGRESS":
        deployment["failedTasks"] = int(deployment.get("failedTasks", 0)) + 1
    told = " Last failure: "
    text = str(deployment.get("rolloutStateReason", ""))
    if deployment.get("rolloutState") == "FAILED" and told not in text:
        deployment["rolloutStateReason"] = text + told + _cause(task, task.get("stoppedReason", ""))


def _cause(task: Record, reason: str) -> str:
    details = [str(c["reason"]) for c in task.get("containers", []) if c.get("reason")]
    return ": ".join(filter(None, [reason.rstrip("."), *details])) or "no reason was given"


def _breaker_enabled(service: Record) -> bool:
    configuration = service.get("deploymentConfiguration") or {}
    return bool((configuration.get("deploymentCircuitBreaker") or {}).get("enable"))


def _reconciler(reconcile: Any) -> Any:
    def one_at_a_time(cluster: str, key: str) -> None:
        with _one_reconciler:
            _stop_superseded(cluster, key)
            reconcile(cluster, key)

    return one_at_a_time


def _stop_superseded(cluster: str, key: str) -> None:
    """What a newer deployment replaces before it ever served is not waited for."""
    service = ecs._services.get(key) or {}
    primary = ecs._primary_deployment(service)
    for task in list(ecs._tasks.values()) if primary else []:
        if (
            service_of(task) is service
            and task["lastStatus"] in NOT_YET_RUNNING
            and ecs._deployment_for_task(service, task) is not primary
        ):
            reason = "Replaced by a newer deployment"
            ecs._stop_task({"task": task["taskArn"], "cluster": cluster, "reason": reason})


def _launcher(run_task: Any) -> Any:
    """RunTask for services: when the back-off is over and there is room, and with a sentence."""

    def launch(data: Record) -> Response:
        if "_deploymentId" not in data:
            return run_task(data)
        key = f"{data['cluster']}/{data['group'].split(':', 1)[1]}"
        service = ecs._services[key]
        wait = float(service.get("_not_before", 0)) - time.time()
        if wait > 0:
            _reconcile_later(key, wait)
            return json_response({"tasks": [], "failures": []})
        count = min(int(data["count"]), _room(service))
        if count < 1:  # the end of a stopping task asks again
            return json_response({"tasks": [], "failures": []})
        known = set(ecs._tasks.keys())
        response: Response = run_task({**data, "count": count})
        started = [
            task
            for arn, task in ecs._tasks.items()
            if arn not in known and task.get("group") == data["group"]
        ]
        names = " ".join(short(task) for task in started)
        note(service, f"has started {len(started)} tasks: {names}")
        return response

    return launch


def _reconcile_later(key: str, seconds: float) -> None:
    account, region = get_account_id(), get_region()

    def reconcile() -> None:
        with _one_reconciler, request_scope(account, region):
            _timers.pop((account, region, key), None)
            ecs._reconcile_service_tasks(key.split("/", 1)[0], key)

    with _one_reconciler:
        if (account, region, key) not in _timers:
            timer = threading.Timer(seconds, reconcile)
            timer.daemon = True
            _timers[(account, region, key)] = timer
            timer.start()


def apply() -> None:
    """Wrap the parts of ministack's scheduler that the gaps are in."""
    ecs._reconcile_service_tasks = _reconciler(ecs._reconcile_service_tasks)
    ecs._run_task = _launcher(ecs._run_task)
    ecs._ACTION_MAP["RunTask"] = ecs._run_task
