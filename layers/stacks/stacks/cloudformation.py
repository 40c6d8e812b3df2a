"""Stacks in CloudFormation, made of rendered templates that lie in a bucket."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from kernel.observability import client
from stacks.events import cause, is_missing
from stacks.rendered import RenderedStack
from stacks.state import Failure, Found, StackBusyError

# CloudFormation's tags, and those by which SAM marks what it made.
_NOT_OURS = ("aws:", "lambda:", "serverlessrepo:")
_NOTHING_TO_DO = "No updates are to be performed"
_NOT_NOW = "_IN_PROGRESS state and can not be updated"
# The change itself is done; what is left of the former resources is being removed.
_CLEANING_UP = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"


class CloudFormation:
    """Templates go through a bucket, since nested ones need an address; the role makes all.

    What is made bears the tags of `installation`, the stack by whose functions it is made:
    CloudFormation hands those of a stack on to whatever is in it, but this is made beside it.
    """

    def __init__(self, templates_bucket: str, role_arn: str, installation: str) -> None:
        self._bucket, self._role_arn = templates_bucket, role_arn
        self._installation = installation

    def create(self, stack: RenderedStack, tags: Mapping[str, str]) -> None:
        """Start making a stack; one of that name that is there is left alone."""
        try:
            client("cloudformation").create_stack(
                **self._asked(stack, tags),
                # What failed stays to be read until the workflow removes it.
                OnFailure="DO_NOTHING",
            )
        except client("cloudformation").exceptions.AlreadyExistsException:
            pass

    def update(self, stack: RenderedStack, found: Found, tags: Mapping[str, str]) -> None:
        """Start giving the stack that was found another shape; no difference is no error.

        Raise StackBusyError while something else is being done to it: an update is cancelled.
        """
        if found.moving:
            _cancel(stack.stack_name)
            raise StackBusyError(f"CloudFormation still works on the stack {stack.stack_name}.")
        try:
            client("cloudformation").update_stack(**self._asked(stack, tags))
        except ClientError as error:
            if _NOT_NOW in str(error):
                raise StackBusyError(str(error)) from None
            if _NOTHING_TO_DO not in str(error):
                raise

    def look(self, stack_name: str) -> Found | None:
        """Return how a stack fares, None when there is none."""
        found = _described(stack_name)
        if found is None or found["StackStatus"] == "DELETE_COMPLETE":
            return None
        status = str(found["StackStatus"])
        moving = status.endswith("_IN_PROGRESS") and status != _CLEANING_UP
        over = not moving and (status.endswith("_FAILED") or "ROLLBACK" in status)
        return Found(
            digest=_digest(found),
            moving=moving,
            leaving=status.startswith("DELETE_"),
            failed=status.endswith("_FAILED") or status == "ROLLBACK_COMPLETE",
            trouble=_trouble(found) if over else (),
            outputs={out["OutputKey"]: out["OutputValue"] for out in found.get("Outputs", [])},
        )

    def delete(self, stack_name: str) -> None:
        """Start removing a stack; no stack is no error, nor one that is moving still."""
        try:
            client("cloudformation").delete_stack(StackName=stack_name)
        except ClientError as error:
            if "_IN_PROGRESS" not in str(error):
                raise
            # An update has to come to its end first; whoever watches the removal asks again.
            _cancel(stack_name)

    def _asked(self, stack: RenderedStack, tags: Mapping[str, str]) -> dict[str, Any]:
        for name, text in stack.templates.items():
            client("s3").put_object(
                Bucket=self._bucket, Key=f"{stack.digest}/{name}", Body=text.encode()
            )
        return {
            "StackName": stack.stack_name,
            "TemplateURL": f"{stack.templates_url}/template.yaml",
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in stack.parameters.items()
            ],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            "RoleARN": self._role_arn,
            "Tags": [
                {"Key": key, "Value": value}
                for key, value in {**_tags_of(self._installation), **tags}.items()
            ],
        }


def _tags_of(stack_name: str) -> dict[str, str]:
    """Return what an administrator wrote on a stack; tags of AWS and of SAM are theirs to give."""
    described = client("cloudformation").describe_stacks(StackName=stack_name)["Stacks"][0]
    tags = {tag["Key"]: tag["Value"] for tag in described.get("Tags", [])}
    return {key: value for key, value in tags.items() if not key.startswith(_NOT_OURS)}


def _trouble(found: dict[str, Any]) -> tuple[Failure, ...]:
    unsaid = Failure(
        logical_id=found["StackName"],
        resource_type="AWS::CloudFormation::Stack",
        status=found["StackStatus"],
        reason=str(found.get("StackStatusReason") or found["StackStatus"]),
    )
    return (cause(found["StackName"]) or unsaid,)


def _described(stack_name: str) -> dict[str, Any] | None:
    try:
        reply = client("cloudformation").describe_stacks(StackName=stack_name)
    except ClientError as error:
        if is_missing(error):
            return None
        raise
    return dict(reply["Stacks"][0])


def _cancel(stack_name: str) -> None:
    """Take a change back, unless there is none or it has just come to its end."""
    try:
        client("cloudformation").cancel_update_stack(StackName=stack_name)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise


def _digest(found: dict[str, Any]) -> str:
    """Templates lie at an address that ends in the digest of what was asked for."""
    given = {one["ParameterKey"]: one.get("ParameterValue", "") for one in found["Parameters"]}
    return str(given.get("TemplatesUrl", "")).rpartition("/")[2]
