"""Waits for the gateway's service, and starts it anew when its last rollout was given up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from local.supervisor.children import answers_http
from local.supervisor.control import until
from local.supervisor.environment import STACK
from local.supervisor.ports import Ports
from local.supervisor.progress import StepFailed

if TYPE_CHECKING:
    from mypy_boto3_ecs.type_defs import DeploymentTypeDef

_CLUSTER, _SERVICE = f"{STACK}-cluster", f"{STACK}-gateway"
_SECONDS = 120.0


@dataclass(frozen=True)
class Rollout:
    """How far the newest deployment of the service is."""

    state: str
    reason: str

    @property
    def failed(self) -> bool:
        return self.state == "FAILED"


def ensure_gateway(ports: Ports) -> None:
    """Return when it answers; say why it does not as soon as that is certain."""
    address = f"http://127.0.0.1:{ports.serve}/health"
    if newest_rollout().failed:
        # ECS does not try again by itself: its circuit breaker waits for a new deployment.
        boto3.client("ecs").update_service(
            cluster=_CLUSTER, service=_SERVICE, forceNewDeployment=True
        )
    until(lambda: answers_http(address) or newest_rollout().failed, _SECONDS, pause=0.5)
    if not answers_http(address):
        raise StepFailed(
            f"The gateway does not answer at {address}.",
            why=newest_rollout().reason,
            fix="`make logs` shows what the agent and the gateway said.",
        )


def newest_rollout() -> Rollout:
    """What ECS says about the service."""
    client = boto3.client("ecs")
    services = client.describe_services(cluster=_CLUSTER, services=[_SERVICE])["services"]
    deployments = [one for service in services for one in service["deployments"]]
    primary = next((one for one in deployments if one["status"] == "PRIMARY"), None)
    return _rollout(primary) if primary else Rollout("", "There is no such service.")


def _rollout(deployment: "DeploymentTypeDef") -> Rollout:
    return Rollout(deployment.get("rolloutState", ""), deployment.get("rolloutStateReason", ""))
