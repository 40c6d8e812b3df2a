"""A rolled back update takes nested stacks back to what they were, whatever had changed in them.

Symptom: ministack updates a nested stack with its previous properties, that is with the template
that lies at their address now, and not at all if the properties had stayed the same. A service
whose tasks died keeps the definition that they died of. AWS remembers the previous template and
the definition; so does this, see `nested_updates`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ministack.services.cloudformation import _stacks, engine, provisioners, stacks

from local.emulator.patches import nested_updates
from local.emulator.patches.nested_updates import BEFORE, STACK
from local.emulator.patches.stable_services import SERVICE, root_of

Properties = dict[str, Any]
Record = dict[str, Any]

# A property that no template can have: the nested stack goes back instead of being updated.
GO_BACK = "-local-go-back"
# Older ones stay when a newer one takes their place, so going back makes nothing anew.
DEFINITION = "AWS::ECS::TaskDefinition"

_handlers = provisioners._RESOURCE_HANDLERS[STACK]
_roll_back = stacks._roll_back_operation


def _tell(child: Record, status: str) -> None:
    name, identity = child["StackName"], child["StackId"]
    child.update(StackStatus=status, StackStatusReason="")
    stacks._add_event(identity, name, name, STACK, status, physical_id=identity)


@contextmanager
def _rolling_back(child: Record) -> Iterator[None]:
    status = "UPDATE_ROLLBACK_FAILED"
    _tell(child, "UPDATE_ROLLBACK_IN_PROGRESS")
    try:
        yield
        status = "UPDATE_ROLLBACK_COMPLETE"
    finally:
        _tell(child, status)


def _send_back(child: Record, logical_id: str, before: Record) -> None:
    """Bring one resource to its record of before the update."""
    now = child["_resources"].get(logical_id)
    kind, place = before["ResourceType"], (child["StackName"], logical_id)
    if now is None:
        made = provisioners._provision_resource(kind, logical_id, before["Properties"], place[0])
    elif kind == DEFINITION:
        made = before["PhysicalResourceId"], before["Attributes"]
    elif kind == SERVICE:
        # All of it: the record of an update that has failed does not say what the service has.
        send = provisioners._RESOURCE_HANDLERS[kind]["update"]
        made = send(now["PhysicalResourceId"], {}, before["Properties"], place[0])
    else:
        wanted = dict(before["Properties"])
        if kind == STACK:
            wanted[GO_BACK] = "true"
        physical_id = now["PhysicalResourceId"]
        made = provisioners._update_resource(
            kind, physical_id, now["Properties"], wanted, *place, now["Attributes"]
        )
    before.update(PhysicalResourceId=made[0], Attributes={**before["Attributes"], **made[1]})


def _remove_what_is_new(child: Record, before: dict[str, Record]) -> None:
    for logical_id, now in reversed(child["_resources"].items()):
        known = before.get(logical_id)
        is_new = known is None or (
            known["ResourceType"] == DEFINITION
            and known["PhysicalResourceId"] != now["PhysicalResourceId"]
        )
        if is_new:
            provisioners._delete_resource(
                now["ResourceType"],
                now["PhysicalResourceId"],
                now["Properties"],
                child["StackName"],
                logical_id,
            )


def go_back(name: str) -> None:
    """Take a nested stack back; one that the update has not reached stays as it is."""
    kept = root_of(name).get(BEFORE, {}).get(name)
    if kept is None:
        return
    child = _stacks[name]
    before = kept["_resources"]
    with _rolling_back(child):
        for logical_id in engine._topological_sort(
            kept["_template"]["Resources"], kept["_conditions"]
        ):
            if logical_id in before:
                _send_back(child, logical_id, before[logical_id])
        _remove_what_is_new(child, before)
        child.update(kept)


def _update_or_go_back(physical_id: str, old: Properties, new: Properties, parent: str) -> Any:
    if GO_BACK not in new:
        return nested_updates.update(physical_id, old, new, parent)
    name = provisioners._nested_stack_lookup_name(physical_id)
    go_back(name)
    return physical_id, nested_updates.attributes_of(_stacks[name])


def _touched(stack: Record, resources: dict[str, Record]) -> list[Record]:
    """The previous records of nested stacks that the update has reached."""
    reached = {_stacks[name]["StackId"] for name in stack.get(BEFORE, {})}
    nested = [record for record in resources.values() if record["ResourceType"] == STACK]
    return [record for record in nested if record["PhysicalResourceId"] in reached]


async def roll_back(
    stack_name: str, stack_id: str, stack: Record, operation: Record, reason: str = ""
) -> None:
    """Roll an operation back with the nested stacks that it has reached."""
    previous = operation.get("previous_stack") or {}
    touched = _touched(stack, previous.get("_resources", {}))
    for record in touched:
        record["Properties"][GO_BACK] = "true"
    failed = operation.get("failed_update")
    if failed and failed[1] == STACK and failed[4] is not None:
        failed[4] = {**failed[4], GO_BACK: "true"}
    operation["cancelled"] |= stack.pop("_cancelled", False)
    await _roll_back(stack_name, stack_id, stack, operation, reason)
    for record in touched:
        record["Properties"].pop(GO_BACK, None)
    stack["_conditions"] = previous.get("_conditions", stack.get("_conditions"))


def apply() -> None:
    """Replace how nested stacks are rolled back; `stack_operations` calls `roll_back`."""
    _handlers["update"] = _update_or_go_back
