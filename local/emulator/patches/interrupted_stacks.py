"""A stack operation that a restart interrupted comes to an end.

Symptom: a stack whose operation was interrupted stays `..._IN_PROGRESS` for ever and can be neither
used nor updated. On AWS operations go on. Here a deletion goes on, a creation becomes
CREATE_FAILED with the reason, and an update counts as rolled back, so that it can be done again.
"""

import asyncio
from typing import Any

from ministack import app
from ministack.core import responses
from ministack.services import cloudformation
from ministack.services.cloudformation import stacks

Stack = dict[str, Any]

REASON = "The emulator was restarted during the operation. {advice}"
DELETE = "Delete the stack and create it again."
UPDATE = "Update the stack again."


def _end(stack: Stack) -> None:
    status = stack["StackStatus"]
    if status.startswith("UPDATE"):
        stack["StackStatus"] = "UPDATE_ROLLBACK_COMPLETE"
        stack["StackStatusReason"] = REASON.format(advice=UPDATE)
    else:
        stack["StackStatus"] = "CREATE_FAILED"
        stack["StackStatusReason"] = REASON.format(advice=DELETE)
    name, identity = stack["StackName"], stack["StackId"]
    kind, reason = "AWS::CloudFormation::Stack", stack["StackStatusReason"]
    stacks._add_event(identity, name, name, kind, stack["StackStatus"], reason, identity)


def _end_operations() -> None:
    for (account, region, name), stack in list(cloudformation._stacks._data.items()):
        if not stack.get("StackStatus", "").endswith("IN_PROGRESS"):
            continue
        responses._request_account_id.set(account)
        responses._request_region.set(region)
        if stack["StackStatus"] == "DELETE_IN_PROGRESS":
            deletion = stacks._delete_stack_async(name, stack["StackId"])
            asyncio.get_running_loop().create_task(deletion)
        elif stack["StackStatus"] != "REVIEW_IN_PROGRESS":
            _end(stack)


def apply() -> None:
    """End what was going on, once all state is there."""
    load = app._load_persisted_state

    def load_and_end() -> None:
        load()
        _end_operations()

    app._load_persisted_state = load_and_end
