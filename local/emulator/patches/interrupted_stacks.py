"""A stack operation that a restart interrupted comes to an end.

Symptom: a stack whose operation was interrupted stays `..._IN_PROGRESS` for ever and can be neither
used nor updated. On AWS operations go on. Here a deletion, an update and the rollback of an update
go on, and a creation becomes CREATE_FAILED with the reason.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from ministack import app
from ministack.core import responses
from ministack.services import cloudformation
from ministack.services.cloudformation import stacks

from local.emulator.patches.stable_services import root_of
from local.emulator.patches.stack_operations import ROLLBACK, UPDATE, roll_back, update

Stack = dict[str, Any]

REASON = "The emulator was restarted during the operation. {advice}"
DELETE = "Delete the stack and create it again."
AGAIN = "Update the stack again."


def _end(stack: Stack) -> None:
    """End a creation, or an update that was answered and not yet begun."""
    begun = not stack["StackStatus"].startswith("UPDATE")
    status = "CREATE_FAILED" if begun else "UPDATE_ROLLBACK_COMPLETE"
    reason = REASON.format(advice=DELETE if begun else AGAIN)
    stack.update(StackStatus=status, StackStatusReason=reason)
    name, identity = stack["StackName"], stack["StackId"]
    kind = "AWS::CloudFormation::Stack"
    stacks._add_event(identity, name, name, kind, status, reason, identity)


def _rest_of(stack: Stack) -> Coroutine[Any, Any, None] | None:
    """What is left to do of an operation that can go on."""
    name, identity = stack["StackName"], stack["StackId"]
    if stack["StackStatus"] == "DELETE_IN_PROGRESS":
        return stacks._delete_stack_async(name, identity)  # type: ignore[no-any-return]
    is_update = stack["StackStatus"].startswith("UPDATE")
    if is_update and ROLLBACK in stack:
        return roll_back(name, identity, stack, stack[ROLLBACK])
    if is_update and UPDATE in stack:
        under_way = stack[UPDATE]
        return update(name, *under_way["arguments"], **under_way["options"])
    return None


def _go_on_or_end() -> None:
    for (account, region, _), stack in list(cloudformation._stacks._data.items()):
        status = stack.get("StackStatus", "")
        if not status.endswith("IN_PROGRESS") or status == "REVIEW_IN_PROGRESS":
            continue
        responses._request_account_id.set(account)
        responses._request_region.set(region)
        rest = _rest_of(stack)
        if rest is not None:
            asyncio.get_running_loop().create_task(rest)
        elif not _is_part_of_one_that_goes_on(stack):
            _end(stack)


def _is_part_of_one_that_goes_on(stack: Stack) -> bool:
    return bool({UPDATE, ROLLBACK} & set(root_of(stack["StackName"])))


def apply() -> None:
    """Go on with what was going on, once all state is there."""
    load = app._load_persisted_state

    def load_and_go_on() -> None:
        load()
        _go_on_or_end()

    app._load_persisted_state = load_and_go_on
