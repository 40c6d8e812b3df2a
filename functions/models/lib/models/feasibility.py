"""From a model's definition to a plan, and from a plan to a verdict. Pure."""

from definition.payload import CreateModel
from kernel.faults import InvalidInputError
from models.errors import Diagnosed
from models.model import Model, Status
from planning.plan import Plan
from planning.wish import Wish


def wish_of(config: CreateModel, region: str) -> Wish:
    """Return what planning is asked; InvalidInputError for a model without servers of ours."""
    container, scaling = config.container_config, config.auto_scaling_config
    if not (container and scaling and config.inference_container and config.instance_type):
        raise InvalidInputError("An external model needs no servers, so there is nothing to plan.")
    return Wish(
        model_type=config.model_type,
        inference_container=config.inference_container,
        model_name=config.model_name,
        instance_type=config.instance_type,
        region=region,
        environment=container.environment,
        volume_gib=scaling.block_device_volume_size,
        min_capacity=scaling.min_capacity,
        max_capacity=scaling.max_capacity,
    )


def require_start(plan: Plan, config: CreateModel) -> None:
    """Raise Diagnosed for a model that cannot start, unless its owner insists."""
    if plan.reason is not None and not config.force:
        raise Diagnosed(plan.reason)


def context_of(plan: Plan) -> int | None:
    """Return the tokens of prompt and answer together; None where nobody can say."""
    known = plan.subject.architecture.context if plan.subject else None
    return plan.fit.requested or known or None


def servers_to_keep(model: Model, running: int) -> int | None:
    """Return how many servers an update leaves; None where it is the definition that says it.

    CloudFormation sets the number anew with each change of the service, and the load may have
    called for more than the definition begins with.
    """
    if model.status is not Status.UPDATING or model.pending is None:
        return None
    was, now = model.config.auto_scaling_config, model.pending.auto_scaling_config
    same = was and now and was.desired_capacity == now.desired_capacity
    return running or None if same else None
