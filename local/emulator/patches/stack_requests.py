"""What CloudFormation refuses while a stack is being changed, in its own words.

Symptom: a stack can be deleted in the middle of its update, which then goes on updating what is
gone; and the refusal of a second update has other words than on AWS, where a caller can tell it
by them only: the code of each refusal is ValidationError.
"""

from typing import Any

from ministack.services.cloudformation import handlers

Parameters = dict[str, Any]

_update, _delete = handlers._update_stack, handlers._delete_stack
CHANGEABLE = (
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
)


def _update_unless_busy(params: Parameters) -> Any:
    stack = handlers._resolve_stack(handlers._p(params, "StackName"))
    status = stack["StackStatus"] if stack else "DELETE_COMPLETE"
    if stack is None or status == "DELETE_COMPLETE" or status in CHANGEABLE:
        return _update(params)
    sentence = f"Stack:{stack['StackId']} is in {status} state and can not be updated."
    return handlers._error("ValidationError", sentence)


def _delete_unless_updated(params: Parameters) -> Any:
    stack = handlers._resolve_stack(handlers._p(params, "StackName"))
    status = stack["StackStatus"] if stack else ""
    if stack and status.startswith("UPDATE") and status.endswith("IN_PROGRESS"):
        sentence = f"Stack [{stack['StackId']}] cannot be deleted while in status {status}"
        return handlers._error("ValidationError", sentence)
    return _delete(params)


def apply() -> None:
    """Look at the stack's status first."""
    handlers._ACTION_HANDLERS["UpdateStack"] = _update_unless_busy
    handlers._ACTION_HANDLERS["DeleteStack"] = _delete_unless_updated
