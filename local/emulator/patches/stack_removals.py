"""Deleting a stack ends its creation first, and takes all that was made.

Symptom: DeleteStack removes what a stack that is being created has recorded so far and tells
DELETE_COMPLETE, while the creation goes on: what it makes from then on stays, and the stack is back
as CREATE_COMPLETE. A nested stack that was not completed is unknown to its parent and stays, too.
On AWS the creation is cancelled before its next resource, and a nested stack belongs to its parent
from its first event on.
"""

import asyncio
from contextlib import suppress
from typing import Any

from ministack.core.concurrency import run_reentrant
from ministack.services.cloudformation import (
    _stacks,
    changesets,
    handlers,
    provisioners,
    stacks,
    wait_conditions,
)

from local.emulator.patches.nested_updates import STACK
from local.emulator.patches.stable_services import root_of

Record = dict[str, Any]

CANCELLED = "Resource creation cancelled"
SECONDS_BETWEEN_LOOKS = 0.2

_nested = provisioners._RESOURCE_HANDLERS[STACK]
_delete_nested = _nested["delete"]
_delete = stacks._delete_stack_async

# By stack id, for as long as this process works on them: all in the thread of the event loop.
_creations: dict[str, asyncio.Event] = {}
_removals: set[str] = set()


def _creation(deploy: Any) -> Any:
    async def create(stack_name: str, stack_id: str, *arguments: Any, **options: Any) -> None:
        if options.get("is_update"):
            await deploy(stack_name, stack_id, *arguments, **options)
            return
        over = _creations[stack_id] = asyncio.Event()
        try:
            await deploy(stack_name, stack_id, *arguments, **options)
        finally:
            del _creations[stack_id]
            over.set()
            if stack_id in _removals:  # whatever the creation has said of itself in the end
                _stacks[stack_name]["StackStatus"] = "DELETE_IN_PROGRESS"

    return create


def _unless_cancelled(provision: Any) -> Any:
    def provision_one(kind: str, logical_id: str, properties: Record, stack_name: str) -> Any:
        if root_of(stack_name)["StackId"] in _removals:
            raise ValueError(CANCELLED)
        return provision(kind, logical_id, properties, stack_name)

    return provision_one


async def remove(stack_name: str, stack_id: str, *arguments: Any, **options: Any) -> None:
    """Remove a stack once nothing is made for it any more; twice is once.

    Whoever asked while it was being removed may have their turn after it is gone.
    """
    stack = _stacks[stack_name]
    if stack_id in _removals or stack["StackStatus"] == "DELETE_COMPLETE":
        return
    _removals.add(stack_id)
    try:
        if stack_id in _creations:
            stack["StackStatus"] = "DELETE_IN_PROGRESS"
            await _end_of(stack_id, _creations[stack_id])
        await _remove_uncompleted(stack)
        await _delete(stack_name, stack_id, *arguments, **options)
    finally:
        _removals.discard(stack_id)


async def _end_of(stack_id: str, creation: asyncio.Event) -> None:
    while not creation.is_set():
        _cancel_waits(stack_id)
        with suppress(TimeoutError):
            await asyncio.wait_for(creation.wait(), SECONDS_BETWEEN_LOOKS)


def _cancel_waits(stack_id: str) -> None:
    """What waits for a signal from outside would wait for hours."""
    for (waiting_id, logical_id), waiter in list(wait_conditions._waiting.items()):
        name = waiter["stack_name"]
        if name in _stacks and root_of(name)["StackId"] == stack_id:
            wait_conditions.signal_resource(waiting_id, logical_id, "cancelled", "FAILURE")


def _uncompleted(parent: Record) -> list[Record]:
    """The nested stacks that their parent does not know as resources, the newest first."""
    known = {record["PhysicalResourceId"] for record in parent.get("_resources", {}).values()}
    return [
        child
        for child in reversed(list(_stacks.values()))
        if child.get("ParentId") == parent["StackId"]
        and child["StackStatus"] != "DELETE_COMPLETE"
        and child["StackId"] not in known
    ]


async def _remove_uncompleted(stack: Record) -> None:
    for child in _uncompleted(stack):
        await run_reentrant(_remove_nested, child["StackId"], {})


def _remove_nested(physical_id: str, properties: Record) -> None:
    stack = _stacks.get(provisioners._nested_stack_lookup_name(physical_id))
    for child in _uncompleted(stack) if stack else ():
        _remove_nested(child["StackId"], {})
    _delete_nested(physical_id, properties)


def _rollback(roll_back: Any) -> Any:
    async def after_the_uncompleted(
        stack_name: str, stack_id: str, stack: Record, *operation: Any, **options: Any
    ) -> None:
        if stack_id in _removals:  # which takes everything
            return
        await _remove_uncompleted(stack)
        await roll_back(stack_name, stack_id, stack, *operation, **options)

    return after_the_uncompleted


def apply() -> None:
    """Let creations and removals know of each other, whoever begins them."""
    create = _creation(handlers._deploy_stack_async)
    handlers._deploy_stack_async = changesets._deploy_stack_async = create
    stacks._delete_stack_async = handlers._delete_stack_async = remove
    provision = _unless_cancelled(provisioners._provision_resource)
    provisioners._provision_resource = stacks._provision_resource = provision
    _nested["delete"] = _remove_nested
    roll_back = _rollback(stacks._roll_back_operation)
    stacks._roll_back_operation = handlers._roll_back_operation = roll_back
