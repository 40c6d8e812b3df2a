"""Model stacks in CloudFormation, made from the packaged templates."""

from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from diagnosis import Reason, StackEvent
from kernel.observability import client
from model_stack import Deployment, RenderedStack, render, stack_name
from models.adapters.stack_events import cause, is_missing
from models.deployment import specification
from models.errors import Diagnosed, StackBusy
from models.model import Model, Shape
from models.ports import Stack
from models.settings import WorkflowSettings

_NOTHING_TO_DO = "No updates are to be performed"
_NOT_NOW = "_IN_PROGRESS state and can not be updated"
# The change itself is done; what is left of the former resources is being removed.
_CLEANING_UP = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"


class CloudFormationStacks:
    """The `Stacks` port. Templates go through a bucket, since nested ones need an address."""

    def __init__(self, settings: WorkflowSettings) -> None:
        self._settings = settings

    def create(self, model: Model) -> str:
        stack = self._rendered(model.wanted)
        try:
            client("cloudformation").create_stack(
                **self._asked(stack),
                # What failed stays to be read until the workflow removes it.
                OnFailure="DO_NOTHING",
                Tags=[{"Key": "lisa:model", "Value": model.model_id}],
            )
        except client("cloudformation").exceptions.AlreadyExistsException:
            pass
        return stack.digest

    def change(self, model: Model, shape: Shape, instead_of: Shape | None = None) -> str:
        stack = self._rendered(shape)
        found = self._described(model.model_id)
        if found is None:
            raise Diagnosed(_GONE)
        digest = _digest(found)
        elsewhere = instead_of is not None and digest != self._rendered(instead_of).digest
        if elsewhere or digest == stack.digest:
            return digest
        self._require_at_rest(found)
        try:
            client("cloudformation").update_stack(**self._asked(stack))
        except ClientError as error:
            if _NOT_NOW in str(error):
                raise StackBusy(str(error)) from None
            if _NOTHING_TO_DO not in str(error):
                raise
        return stack.digest

    def state(self, model_id: str) -> Stack | None:
        found = self._described(model_id)
        if found is None or found["StackStatus"] == "DELETE_COMPLETE":
            return None
        status = str(found["StackStatus"])
        moving = status.endswith("_IN_PROGRESS") and status != _CLEANING_UP
        over = not moving and (status.endswith("_FAILED") or "ROLLBACK" in status)
        return Stack(
            digest=_digest(found),
            moving=moving,
            leaving=status.startswith("DELETE_"),
            failed=status.endswith("_FAILED") or status == "ROLLBACK_COMPLETE",
            trouble=self._trouble(found) if over else (),
            outputs={out["OutputKey"]: out["OutputValue"] for out in found.get("Outputs", [])},
        )

    def delete(self, model_id: str) -> None:
        name = self._name(model_id)
        try:
            client("cloudformation").delete_stack(StackName=name)
        except ClientError as error:
            if "_IN_PROGRESS" not in str(error):
                raise
            # An update has to come to its end first; whoever watches the removal asks again.
            _cancel(self._described(model_id) or {})

    def _require_at_rest(self, found: dict[str, Any]) -> None:
        status = str(found["StackStatus"])
        if not status.endswith("_IN_PROGRESS"):
            return
        _cancel(found)
        raise StackBusy(f"The model's stack is in {status}.")

    def _trouble(self, found: dict[str, Any]) -> tuple[StackEvent, ...]:
        unsaid = StackEvent(
            logical_id=found["StackName"],
            resource_type="AWS::CloudFormation::Stack",
            status=found["StackStatus"],
            reason=str(found.get("StackStatusReason") or found["StackStatus"]),
        )
        return (cause(found["StackName"]) or unsaid,)

    def _described(self, model_id: str) -> dict[str, Any] | None:
        try:
            reply = client("cloudformation").describe_stacks(StackName=self._name(model_id))
        except ClientError as error:
            if is_missing(error):
                return None
            raise
        return dict(reply["Stacks"][0])

    def _rendered(self, shape: Shape) -> RenderedStack:
        # ECS must not give a server up that this service still waits for.
        grace = self._settings.start_timeout_minutes * 60
        try:
            return render(replace(specification(shape, self._deployment()), health_grace=grace))
        except ValueError as error:
            raise Diagnosed(Reason("BadConfig", str(error), _ANOTHER_DEFINITION)) from None

    def _asked(self, stack: RenderedStack) -> dict[str, Any]:
        for name, text in stack.templates.items():
            client("s3").put_object(
                Bucket=self._settings.templates_bucket,
                Key=f"{stack.digest}/{name}",
                Body=text.encode(),
            )
        return {
            "StackName": stack.stack_name,
            "TemplateURL": f"{stack.templates_url}/template.yaml",
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": value}
                for name, value in stack.parameters.items()
            ],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            "RoleARN": self._settings.stack_role_arn,
        }

    def _name(self, model_id: str) -> str:
        return stack_name(self._settings.deployment_name, model_id)

    def _deployment(self) -> Deployment:
        settings = self._settings
        return Deployment(
            deployment_name=settings.deployment_name,
            vpc_id=settings.vpc_id,
            subnets=tuple(settings.task_subnets.split(",")),
            balancer_security_group=settings.model_balancer_security_group,
            instance_security_group=settings.model_instance_security_group,
            models_bucket=settings.models_bucket,
            templates_url=settings.templates_url,
            public_addresses=settings.public_addresses,
            alarm_topic_arn=settings.alarm_topic_arn,
        )


_GONE = Reason(
    "StackFailed",
    "The model's stack has been removed by somebody else.",
    "Delete the model and create it again.",
)
_ANOTHER_DEFINITION = "Delete the model and create it again with another definition."


def _cancel(found: dict[str, Any]) -> None:
    """Take a change back, unless it has just come to its end."""
    if found.get("StackStatus") != "UPDATE_IN_PROGRESS":
        return
    try:
        client("cloudformation").cancel_update_stack(StackName=found["StackName"])
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise


def _digest(found: dict[str, Any]) -> str:
    """Templates lie at an address that ends in the digest of what was asked for."""
    given = {one["ParameterKey"]: one.get("ParameterValue", "") for one in found["Parameters"]}
    return str(given.get("TemplatesUrl", "")).rpartition("/")[2]
