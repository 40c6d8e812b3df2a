"""Physical names: deterministic, free of collisions, within the limits of every service."""

import base64
import hashlib
import re

# A load balancer's name, the shortest of all, has 32 characters; 8 of them are a dash and a hash.
LONGEST_RESOURCE_NAME = 32
LONGEST_DEPLOYMENT_NAME = 24
_HASH = 7
_LONGEST_STACK_SLUG = 90
_DEPLOYMENT_NAME = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")


def resource_name(deployment_name: str, model_id: str) -> str:
    """Name a model's cluster, service, load balancer, target group and roles (a prefix there)."""
    _require_deployment_name(deployment_name)
    room = LONGEST_RESOURCE_NAME - len(deployment_name) - _HASH - 2
    return "-".join(filter(None, (deployment_name, _slug(model_id, room), _digest(model_id))))


def stack_name(deployment_name: str, model_id: str) -> str:
    """Name a model's stack; an id that is no slug already gets a hash, so no two ids share one."""
    _require_deployment_name(deployment_name)
    slug = _slug(model_id, _LONGEST_STACK_SLUG)
    unique = slug if slug == model_id else "-".join(filter(None, (slug, _digest(model_id))))
    return f"{deployment_name}-model-{unique}"


def log_group_name(deployment_name: str, model_id: str) -> str:
    """Name the log group of a model's servers."""
    return f"{deployment_name}/models/{resource_name(deployment_name, model_id)}"


def _slug(text: str, longest: int) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain[: max(longest, 0)].strip("-")


def _digest(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:_HASH].lower()


def _require_deployment_name(name: str) -> None:
    if len(name) > LONGEST_DEPLOYMENT_NAME or not _DEPLOYMENT_NAME.fullmatch(name):
        raise ValueError(
            f"The deployment name {name!r} cannot begin the names of a model's resources: use 2 to "
            f"{LONGEST_DEPLOYMENT_NAME} lower-case letters, digits and dashes, a letter first."
        )
