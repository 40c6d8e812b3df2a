"""What CloudFormation says went wrong with a stack, down to the nested one that knows."""

from typing import Any

from botocore.exceptions import ClientError

from kernel.observability import client
from stacks.state import Failure

_STACK = "AWS::CloudFormation::Stack"
_BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")


def cause(stack: str) -> Failure | None:
    """Return the first failure of a stack's last operation: later ones are its consequences."""
    first: dict[str, Any] | None = None
    for event in _events(stack):
        if _is_of_the_stack(event) and event["ResourceStatus"] in _BEGINNINGS:
            break
        if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason"):
            first = event
    if first is None:
        return None
    nested = first.get("PhysicalResourceId")
    if first["ResourceType"] == _STACK and nested and not _is_of_the_stack(first):
        # A parent only says that its nested stack failed.
        return cause(nested) or _event(first)
    return _event(first)


def is_missing(error: ClientError) -> bool:
    """Return whether CloudFormation says that there is no such stack."""
    return "does not exist" in str(error)


def _event(event: dict[str, Any]) -> Failure:
    return Failure(
        logical_id=event["LogicalResourceId"],
        resource_type=event["ResourceType"],
        status=event["ResourceStatus"],
        reason=event["ResourceStatusReason"],
    )


def _events(stack: str) -> list[dict[str, Any]]:
    """Return a stack's events, the newest first: one page holds an operation of ours."""
    try:
        return list(client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"])
    except ClientError as error:
        if is_missing(error):
            return []
        raise


def _is_of_the_stack(event: dict[str, Any]) -> bool:
    return bool(event.get("PhysicalResourceId") == event["StackId"])
