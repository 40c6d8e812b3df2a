"""Physical names of a model's resources."""

from stacks.rendered import digest, require_deployment_name, short_name, slug

# A load balancer's name, the shortest of all, has 32 characters.
LONGEST_RESOURCE_NAME = 32
_LONGEST_STACK_SLUG = 90


def resource_name(deployment_name: str, model_id: str) -> str:
    """Name a model's cluster, service, load balancer, target group and roles (a prefix there)."""
    return short_name(deployment_name, model_id, LONGEST_RESOURCE_NAME)


def stack_name(deployment_name: str, model_id: str) -> str:
    """Name a model's stack; an id that is no slug already gets a hash, so no two ids share one."""
    require_deployment_name(deployment_name)
    short = slug(model_id, _LONGEST_STACK_SLUG)
    unique = short if short == model_id else "-".join(filter(None, (short, digest(model_id))))
    return f"{deployment_name}-model-{unique}"


def log_group_name(deployment_name: str, model_id: str) -> str:
    """Name the log group of a model's servers."""
    return f"{deployment_name}/models/{resource_name(deployment_name, model_id)}"
