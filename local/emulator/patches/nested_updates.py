"""An update of a stack reaches its nested stacks, and what fails in one is told as on AWS.

Symptoms: a nested template that changed at the same address is not looked at, the update being
refused with `No updates are to be performed.`; a failed nested stack stays UPDATE_FAILED with what
it had changed; and a nested stack forgets when it was created. AWS starts an update of every nested
stack, since its template may have changed, and for that reason never refuses one for a stack that
has nested stacks.

Before its first change a nested stack is kept as it was, on the stack at the top: for the rollback
(`nested_rollbacks`), and for as long as the operation lasts, restarts included.
"""

import copy
from typing import Any

from ministack.services.cloudformation import (
    _stack_events,
    _stacks,
    handlers,
    helpers,
    provisioners,
    stacks,
)

from local.emulator.patches.stable_services import root_of

Properties = dict[str, Any]
Record = dict[str, Any]

STACK = "AWS::CloudFormation::Stack"
BEFORE = "_nested_before"
KEPT = (
    "_resources",
    "_template",
    "_template_body",
    "_resolved_params",
    "_conditions",
    "Parameters",
    "Tags",
    "Outputs",
)
SETTLED = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")

_handlers = provisioners._RESOURCE_HANDLERS[STACK]
_update_nested = _handlers["update"]
_has_no_updates = handlers._stack_has_no_updates


def nested_in(template: Record) -> list[str]:
    """The logical ids of a template's nested stacks."""
    resources = template.get("Resources") or {}
    return [name for name, resource in resources.items() if resource.get("Type") == STACK]


def attributes_of(child: Record) -> dict[str, str]:
    """What `Fn::GetAtt` finds in a nested stack."""
    return {f"Outputs.{out['OutputKey']}": out["OutputValue"] for out in child["Outputs"]}


def _is_unchanged(child: Record, properties: Properties) -> bool:
    """Whether a nested stack with the same properties has nothing to do either."""
    body, error = helpers._resolve_template({"TemplateURL": [properties.get("TemplateURL", "")]})
    settled = child["StackStatus"] in SETTLED and not nested_in(child["_template"])
    return bool(settled and error is None and body == child["_template_body"])


def _keep(child: Record) -> None:
    before = root_of(child["StackName"]).setdefault(BEFORE, {})
    kept = {key: child[key] for key in KEPT if key in child}
    before.setdefault(child["StackName"], copy.deepcopy(kept))


def _told_as_on_aws(child: Record, error: Exception) -> Exception:
    """The failure of a nested stack as its parent tells it; the nested one's events say why."""
    last = _stack_events[child["StackId"]][-1]
    if not last["ResourceStatus"].endswith("_FAILED"):  # its properties could not be made out
        child.update(StackStatus="UPDATE_FAILED", StackStatusReason=str(error))
        return error
    failed = last["LogicalResourceId"]
    verb = "update" if failed in child["_resources"] else "create"
    return ValueError(
        f"Embedded stack {child['StackId']} was not successfully updated. Currently in "
        f"UPDATE_ROLLBACK_IN_PROGRESS with reason: The following resource(s) failed to {verb}: "
        f"[{failed}]. "
    )


def update(physical_id: str, old: Properties, new: Properties, parent: str) -> Any:
    """Update a nested stack unless nothing in it has changed."""
    name = provisioners._nested_stack_lookup_name(physical_id)
    child = _stacks.get(name)
    if child is None:
        return _update_nested(physical_id, old, new, parent)
    if old == new and _is_unchanged(child, new):
        return physical_id, attributes_of(child)
    _keep(child)
    try:
        updated = _update_nested(physical_id, old, new, parent)
    except Exception as error:  # whatever the handler of one of its resources raises
        if _stacks[name] is child:  # not begun
            raise
        raise _told_as_on_aws(_stacks[name], error) from error
    finally:
        _stacks[name]["CreationTime"] = child["CreationTime"]
    return updated


def _always_into_nested_stacks(update_resource: Any) -> Any:
    """The same properties may still mean another template."""

    def update_one(resource_type: str, physical_id: str, *change: Any) -> Any:
        if resource_type == STACK:
            old, new, stack_name = change[:3]
            return _handlers["update"](physical_id, old, new, stack_name)
        return update_resource(resource_type, physical_id, *change)

    return update_one


def _is_refused(stack: Record, template: Record, *request: Any) -> bool:
    return not nested_in(template) and bool(_has_no_updates(stack, template, *request))


def _with_physical_id(add_event: Any) -> Any:
    """The events of an update name the resource that they are about."""

    def add(*event: Any, **details: Any) -> None:
        stack_name, logical_id = event[1:3]
        known = (_stacks.get(stack_name) or {}).get("_resources", {}).get(logical_id, {})
        if len(event) < 7 and not details.get("physical_id"):
            details["physical_id"] = known.get("PhysicalResourceId", "")
        add_event(*event, **details)

    return add


def apply() -> None:
    """Replace how nested stacks are updated, at the top and below."""
    _handlers["update"] = update
    stacks._update_resource = _always_into_nested_stacks(stacks._update_resource)
    provisioners._update_resource = _always_into_nested_stacks(provisioners._update_resource)
    handlers._stack_has_no_updates = _is_refused
    stacks._add_event = _with_physical_id(stacks._add_event)
