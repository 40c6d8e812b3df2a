"""Model stacks in CloudFormation, made from the packaged templates."""

from dataclasses import replace

from diagnosis import Reason
from model_stack import Deployment, RenderedStack, render, stack_name
from models.deployment import specification
from models.errors import Diagnosed, StackBusy
from models.model import Model, Shape
from models.settings import WorkflowSettings
from stacks.cloudformation import CloudFormation
from stacks.state import Found, StackBusyError


class CloudFormationStacks:
    """The `Stacks` port."""

    def __init__(self, settings: WorkflowSettings) -> None:
        self._settings = settings
        self._made = CloudFormation(
            settings.templates_bucket, settings.stack_role_arn, settings.installation_stack
        )

    def create(self, model: Model) -> str:
        stack = self._rendered(model.wanted)
        self._made.create(stack, _tags(model))
        return stack.digest

    def change(self, model: Model, shape: Shape, instead_of: Shape | None = None) -> str:
        stack = self._rendered(shape)
        found = self._made.look(stack.stack_name)
        if found is None:
            raise Diagnosed(_GONE)
        elsewhere = instead_of is not None and found.digest != self._rendered(instead_of).digest
        if elsewhere or found.digest == stack.digest:
            return found.digest
        try:
            self._made.update(stack, found, _tags(model))
        except StackBusyError as busy:
            raise StackBusy(str(busy)) from None
        return stack.digest

    def state(self, model_id: str) -> Found | None:
        return self._made.look(self._name(model_id))

    def delete(self, model_id: str) -> None:
        self._made.delete(self._name(model_id))

    def _rendered(self, shape: Shape) -> RenderedStack:
        # ECS must not give a server up that this service still waits for.
        grace = self._settings.start_timeout_minutes * 60
        try:
            return render(replace(specification(shape, self._deployment()), health_grace=grace))
        except ValueError as error:
            raise Diagnosed(Reason("BadConfig", str(error), _ANOTHER_DEFINITION)) from None

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
            log_retention_days=settings.log_retention_days,
            permissions_boundary=settings.permissions_boundary,
            weights_key_arn=settings.kms_key_arn,
            volume_key_arn=settings.kms_key_arn,
            log_key_arn=settings.kms_key_arn,
        )


def _tags(model: Model) -> dict[str, str]:
    return {"lisa:model": model.model_id}


_GONE = Reason(
    "StackFailed",
    "The model's stack has been removed by somebody else.",
    "Delete the model and create it again.",
)
_ANOTHER_DEFINITION = "Delete the model and create it again with another definition."
