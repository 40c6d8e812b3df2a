"""Updating a service in a stack takes until the service is stable, or fails.

Symptom: a stack is UPDATE_COMPLETE at the moment at which ECS was asked for new tasks, whatever
becomes of them, so that nothing is ever rolled back. On AWS the update waits until the deployment
is completed and no old task is left, and fails when the circuit breaker trips. What AWS does not
notice is not noticed here either: a service that grows again from zero has no deployment under
way, so nothing ends an update whose tasks keep dying, except CancelUpdateStack or three hours.

Creating does not wait: a service may be there before its agent is, and its creator looks at ECS.
"""

import time
from typing import Any

from ministack.core.responses import new_uuid
from ministack.services import ecs
from ministack.services.cloudformation import _stacks, provisioners, stacks

from local.emulator.ecs_services import tasks_left
from local.emulator.ending import Ending, process_ends

Properties = dict[str, Any]
Record = dict[str, Any]

SERVICE = "AWS::ECS::Service"
SECONDS_BETWEEN_LOOKS = 0.05
LONGEST_WAIT = 3 * 3600.0
# A task is RUNNING when it has passed its health check; ministack waits another second.
STEADY_DELAY = 0.3

BREAKER = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'."
CANCELLED = "Resource update cancelled"

_handlers = provisioners._RESOURCE_HANDLERS[SERVICE]
_blocks, _goes_back = stacks._runs_on_worker_thread, stacks._sends_back_failed_update


def root_of(stack_name: str) -> Record:
    """The stack at the top of a nested one; itself if it is not nested."""
    stack: Record = _stacks[stack_name]
    while stack.get("_parent_stack_name") in _stacks:
        stack = _stacks[stack["_parent_stack_name"]]
    return stack


def _handler_error(sentence: str, code: str) -> ValueError:
    """A failure as CloudFormation words what a resource's handler has answered."""
    token = new_uuid()
    return ValueError(
        f'Resource handler returned message: "{sentence}" '
        f"(RequestToken: {token}, HandlerErrorCode: {code})"
    )


def _is_stable(service: Record) -> bool:
    """Whether ECS has brought the service to what was asked for; an error if it has given up."""
    if not service["desiredCount"]:
        return not tasks_left(service)
    primary = ecs._primary_deployment(service) or {}
    if primary.get("rolloutState") == "FAILED":
        raise _handler_error(BREAKER, "GeneralServiceException")
    wanted = service["desiredCount"]
    completed = primary.get("rolloutState") == "COMPLETED"
    return bool(completed and service["runningCount"] == wanted == tasks_left(service))


def _wait(key: str, root: Record) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while service := ecs._services.get(key):
        if _is_stable(service):
            return
        if root.pop("_cancel_requested", False):
            root["_cancelled"] = True
            raise ValueError(CANCELLED)
        if time.monotonic() > deadline:
            raise _handler_error("Exceeded attempts to wait", "NotStabilized")
        if process_ends.wait(SECONDS_BETWEEN_LOOKS):
            raise Ending
    raise _handler_error("The service is gone.", "NotFound")


def _waiting(update: Any) -> Any:
    def update_and_wait(physical_id: str, old: Properties, new: Properties, stack: str) -> Any:
        updated = update(physical_id, old, new, stack)
        cluster = ecs._resolve_cluster_name(new.get("Cluster", "default"))
        _wait(f"{cluster}/{physical_id.rsplit('/', 1)[-1]}", root_of(stack))
        return updated

    return update_and_wait


def apply() -> None:
    """Wait in a thread of the update's own, as nested stacks do anyway."""
    _handlers["update"] = _waiting(_handlers["update"])
    stacks._runs_on_worker_thread = lambda kind: kind == SERVICE or _blocks(kind)
    # A service that did not become stable has changed all the same.
    stacks._sends_back_failed_update = lambda kind: kind == SERVICE or _goes_back(kind)
    ecs._ECS_DEPLOYMENT_STEADY_DELAY = STEADY_DELAY
