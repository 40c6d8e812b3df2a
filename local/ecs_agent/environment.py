"""The environment of a task's process: what its task definition says, and what ECS would add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local.ecs_agent.runners import Launch
    from local.ecs_agent.settings import Settings


@dataclass(frozen=True)
class Grant:
    """Where a task finds its credentials, and what it shows there."""

    url: str
    token: str


def child_environment(
    settings: Settings,
    launch: Launch,
    defined: Mapping[str, str],
    port: int,
    grant: Grant | None,
) -> dict[str, str]:
    """Nothing of the agent's own environment but the machine's PATH, LANG, HOME and TMPDIR."""
    environment = {
        **settings.passed_on,
        **launch.environment,
        "AWS_REGION": settings.region,
        "AWS_DEFAULT_REGION": settings.region,
        **defined,
        "AWS_ENDPOINT_URL": settings.endpoint,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    if "WEIGHTS_DIR" in environment:
        # The task definition names a folder of an instance; here weights outlive the process.
        environment["WEIGHTS_DIR"] = str(settings.weights)
    if grant is not None:
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = grant.url
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = grant.token
    return environment
