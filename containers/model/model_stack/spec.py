"""What has to be known to host one model; names and units follow the payload of POST /models."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

# What the product itself tells the server; a user's environment may not say otherwise.
OUR_VARIABLES = (
    "AWS_REGION",
    "MODELS_BUCKET",
    "MODEL_ID",
    "MODEL_NAME",
    "MODEL_TYPE",
    "PORT",
    "WEIGHTS_DIR",
)


@dataclass(frozen=True)
class Deployment:
    """The deployment that hosts the model: outputs of the containers stack, mostly."""

    deployment_name: str
    vpc_id: str
    subnets: tuple[str, ...]
    balancer_security_group: str
    instance_security_group: str
    models_bucket: str
    # Below which rendered templates are uploaded: https://<bucket>.s3.<region>.<suffix>[/<prefix>]
    templates_url: str
    # Whether instances need an address of their own, for lack of any other way to the internet.
    public_addresses: bool = False
    # KMS keys other than AWS's own, for reading the models bucket, for the instances' volumes, and
    # for the log.
    weights_key_arn: str = ""
    volume_key_arn: str = ""
    log_key_arn: str = ""
    # SNS topic that is told when an alarm of the model begins and ends.
    alarm_topic_arn: str = ""
    log_retention_days: int = 30
    # The policy that bounds the roles, as everywhere in the deployment.
    permissions_boundary: str = ""


@dataclass(frozen=True)
class Capacity:
    """How many instances may serve the model; times in seconds.

    `desired` is how many servers a stack begins with, or is set to by an update: the least, unless
    it is given.
    """

    minimum: int = 1
    maximum: int = 2
    desired: int | None = None
    cooldown: int = 420
    instance_warmup: int = 180
    volume_gib: int = 50

    def keeping(self, servers: int) -> Self:
        """Return this capacity with the servers that load has brought, as far as it allows them."""
        return replace(self, desired=max(self.minimum, min(servers, self.maximum)))


@dataclass(frozen=True)
class Metric:
    """What the number of servers follows: requests per server, or seconds to answer (p90).

    `target` is counted over `duration` seconds.
    """

    name: str = "RequestCountPerTarget"
    target: float = 30
    duration: int = 60
    estimated_instance_warmup: int = 180


@dataclass(frozen=True)
class ContainerHealthCheck:
    """How ECS asks the container; a command given as one string goes to the shell."""

    command: str | tuple[str, ...] = ("CMD-SHELL", "exit 0")
    interval: int = 10
    start_period: int = 30
    timeout: int = 5
    retries: int = 3


@dataclass(frozen=True)
class BalancerHealthCheck:
    """How the load balancer asks the server."""

    path: str = "/health"
    interval: int = 30
    timeout: int = 10
    healthy_threshold: int = 2
    unhealthy_threshold: int = 2


@dataclass(frozen=True)
class ModelStackSpec:
    """One model, its server and the deployment around it."""

    model_id: str
    model_name: str
    model_type: str
    image: str
    image_type: str
    inference_container: str
    instance_type: str
    memory_reservation_mib: int
    deployment: Deployment
    # A stopped model keeps everything but its instances and servers, and what they are to be again.
    serving: bool = True
    gpu_count: int = 0
    shared_memory_mib: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    capacity: Capacity = field(default_factory=Capacity)
    metric: Metric = field(default_factory=Metric)
    container_health_check: ContainerHealthCheck = field(default_factory=ContainerHealthCheck)
    alb_health_check: BalancerHealthCheck = field(default_factory=BalancerHealthCheck)
    # How long a server may fail its health checks after its start, while it loads (seconds).
    health_grace: int = 1800
