"""An update of a stack is written down, so that a restart can go on with it, and cleans up.

Symptom: what an update was about is known to the process alone; and a task definition that a
nested stack has replaced stays ACTIVE for ever. On AWS an update goes on whatever happens, and the
old revision is deregistered when it has succeeded.
"""

from typing import Any

from ministack.services.cloudformation import (
    _stacks,
    changesets,
    handlers,
    provisioners,
    stacks,
)

from local.emulator.patches import nested_rollbacks
from local.emulator.patches.nested_rollbacks import DEFINITION
from local.emulator.patches.nested_updates import BEFORE

Record = dict[str, Any]

UPDATE = "_update_under_way"
ROLLBACK = "_rollback_under_way"

_deploy = stacks._deploy_stack_async


def _retire_replaced_definitions(stack: Record) -> None:
    for name, before in stack.get(BEFORE, {}).items():
        now = (_stacks.get(name) or {}).get("_resources", {})
        for logical_id, old in before["_resources"].items():
            new = now.get(logical_id, old)
            replaced = old["PhysicalResourceId"] != new["PhysicalResourceId"]
            if replaced and old["ResourceType"] == DEFINITION:
                provisioners._ecs_task_def_delete(old["PhysicalResourceId"], old["Properties"])


async def _deploy_or_update(stack_name: str, *arguments: Any, **options: Any) -> None:
    if not options.get("is_update"):
        await _deploy(stack_name, *arguments, **options)
        return
    _stacks[stack_name].pop(BEFORE, None)
    await update(stack_name, *arguments, **options)


async def update(stack_name: str, *arguments: Any, **options: Any) -> None:
    """Update a stack, or go on with its update: what is done already is not done again."""
    stack = _stacks[stack_name]
    stack[UPDATE] = {"arguments": list(arguments), "options": options}
    await _deploy(stack_name, *arguments, **options)
    _conclude(stack)


async def roll_back(stack_name: str, stack_id: str, stack: Record, *operation: Any) -> None:
    """Roll an operation back, or go on with its rollback."""
    stack[ROLLBACK] = operation[0]
    await nested_rollbacks.roll_back(stack_name, stack_id, stack, *operation)
    _conclude(stack)


def _conclude(stack: Record) -> None:
    for note in (UPDATE, ROLLBACK, "_cancelled", "_cancel_requested"):
        stack.pop(note, None)
    if stack["StackStatus"] == "UPDATE_COMPLETE":
        _retire_replaced_definitions(stack)
    if stack["StackStatus"] in ("UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"):
        stack.pop(BEFORE, None)


def apply() -> None:
    """Write every operation down before it begins."""
    handlers._deploy_stack_async = changesets._deploy_stack_async = _deploy_or_update
    stacks._roll_back_operation = handlers._roll_back_operation = roll_back
