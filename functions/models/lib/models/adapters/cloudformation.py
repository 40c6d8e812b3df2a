"""Model stacks in CloudFormation, made from the packaged templates."""

from typing import Any

from botocore.exceptions import ClientError

from kernel.observability import client
from model_stack import Deployment, RenderedStack, render, stack_name
from models.deployment import specification
from models.errors import StackFailed
from models.model import Model
from models.ports import Stack
from models.settings import Settings

_FAILED = ("_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_IN_PROGRESS")
_BEGINNINGS = ("CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS")
_STACK = "AWS::CloudFormation::Stack"


class CloudFormationStacks:
    """The `Stacks` port. Templates go through a bucket, since nested ones need an address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def create(self, model: Model) -> None:
        try:
            stack = render(specification(model, self._deployment(model.model_id)))
        except ValueError as error:
            raise StackFailed(str(error)) from None
        self._upload(model.model_id, stack)
        try:
            client("cloudformation").create_stack(
                StackName=stack.stack_name,
                TemplateURL=f"{self._templates_url(model.model_id)}/template.yaml",
                Parameters=_parameters(stack),
                Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
                RoleARN=self._settings.stack_role_arn,
                # What failed stays to be read until the workflow removes it.
                OnFailure="DO_NOTHING",
                Tags=[{"Key": "lisa:model", "Value": model.model_id}],
            )
        except client("cloudformation").exceptions.AlreadyExistsException:
            return

    def state(self, model_id: str) -> Stack | None:
        name = stack_name(self._settings.deployment_name, model_id)
        try:
            found = client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        except ClientError as error:
            if _is_missing(error):
                return None
            raise
        status = str(found["StackStatus"])
        if status == "DELETE_COMPLETE":
            return None
        outputs = {out["OutputKey"]: out["OutputValue"] for out in found.get("Outputs", [])}
        failure = self._why(name, status) if status.endswith(_FAILED) else None
        return Stack(failure=failure, outputs=outputs)

    def delete(self, model_id: str) -> None:
        name = stack_name(self._settings.deployment_name, model_id)
        client("cloudformation").delete_stack(StackName=name)

    def _why(self, name: str, status: str) -> str:
        """Return the first reason of the failed operation: the later ones are its consequences."""
        cause: dict[str, Any] | None = None
        for event in _events(name):
            if _is_of_the_stack(event) and event["ResourceStatus"] in _BEGINNINGS:
                break
            if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason"):
                cause = event
        if cause is None:
            return status
        reason = f"{cause['LogicalResourceId']}: {cause['ResourceStatusReason']}"[:1000]
        nested = cause.get("PhysicalResourceId")
        if cause["ResourceType"] != _STACK or not nested or _is_of_the_stack(cause):
            return reason
        # A parent only says that its nested stack failed; that one knows why.
        return self._why(nested, reason)

    def _upload(self, model_id: str, stack: RenderedStack) -> None:
        for name, text in stack.templates.items():
            client("s3").put_object(
                Bucket=self._settings.templates_bucket,
                Key=f"{model_id}/{name}",
                Body=text.encode(),
            )

    def _templates_url(self, model_id: str) -> str:
        return f"{self._settings.templates_url}/{model_id}"

    def _deployment(self, model_id: str) -> Deployment:
        settings = self._settings
        return Deployment(
            deployment_name=settings.deployment_name,
            vpc_id=settings.vpc_id,
            subnets=tuple(settings.task_subnets.split(",")),
            balancer_security_group=settings.model_balancer_security_group,
            instance_security_group=settings.model_instance_security_group,
            models_bucket=settings.models_bucket,
            templates_url=self._templates_url(model_id),
            public_addresses=settings.public_addresses,
        )


def _events(stack: str) -> list[dict[str, Any]]:
    """Return a stack's events, the newest first."""
    try:
        return list(client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"])
    except ClientError as error:
        if _is_missing(error):
            return []
        raise


def _is_missing(error: ClientError) -> bool:
    return "does not exist" in str(error)


def _is_of_the_stack(event: dict[str, Any]) -> bool:
    return bool(event.get("PhysicalResourceId") == event["StackId"])


def _parameters(stack: RenderedStack) -> list[dict[str, Any]]:
    return [
        {"ParameterKey": name, "ParameterValue": value} for name, value in stack.parameters.items()
    ]
