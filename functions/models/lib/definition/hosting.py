"""How a model that we host is run: its container, its capacity and its load balancer."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from definition.variables import seizes
from model_stack import OUR_VARIABLES

# Registry path or ECR repository; nothing that a shell or CloudFormation would read.
type ImageName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}$")]
type VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,127}$")]
type VariableValue = Annotated[str, StringConstraints(max_length=4096)]
type Seconds = Annotated[int, Field(ge=1, le=3600)]


class Payload(BaseModel):
    """Base of every part of the definition: camelCase names, no unknown field, no coercion."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, strict=True
    )


class Image(Payload):
    """Where the container image comes from."""

    base_image: ImageName
    type: Literal["asset", "ecr", "registry", "tarball", "external"] = "asset"


class ContainerHealthCheck(Payload):
    """How ECS asks the container for its health; times in seconds."""

    command: str | list[str] = Field(default=["CMD-SHELL", "exit 0"], min_length=1)
    interval: Annotated[int, Field(ge=5, le=300)] = 10
    start_period: Annotated[int, Field(ge=0, le=300)] = 300
    timeout: Annotated[int, Field(ge=2, le=60)] = 5
    retries: Annotated[int, Field(ge=1, le=10)] = 3

    @model_validator(mode="after")
    def _a_command_that_ecs_knows(self) -> Self:
        if isinstance(self.command, list) and self.command[0] not in ("CMD", "CMD-SHELL"):
            raise ValueError("command must be one string, or a list that begins CMD or CMD-SHELL")
        return self


class ContainerConfig(Payload):
    """The container: its image, environment, memory (MiB) and health check."""

    image: Image
    shared_memory_size: Annotated[int, Field(ge=0, le=1_048_576)] = 0
    memory_reservation: Annotated[int, Field(ge=128, le=4_194_304)] | None = None
    environment: dict[VariableName, VariableValue] = Field(default={}, max_length=100)
    health_check_config: ContainerHealthCheck = ContainerHealthCheck()

    @model_validator(mode="after")
    def _no_dynamic_references(self) -> Self:
        # CloudFormation would resolve these, and so hand out any secret its role can read.
        command = self.health_check_config.command
        texts = [command] if isinstance(command, str) else command
        if any("{{resolve:" in text for text in (*texts, *self.environment.values())):
            raise ValueError("no environment value and no health check may contain {{resolve:")
        return self

    @model_validator(mode="after")
    def _nothing_that_runs_other_code(self) -> Self:
        forbidden = sorted(name for name in self.environment if seizes(name))
        if forbidden:
            raise ValueError(
                f"environment must not set {', '.join(forbidden)}: it would change whose "
                "credentials the server uses, or what code it runs"
            )
        return self

    @model_validator(mode="after")
    def _nothing_that_is_ours(self) -> Self:
        ours = sorted(set(self.environment) & set(OUR_VARIABLES))
        if ours:
            raise ValueError(f"environment must not set {', '.join(ours)}: the model's fields do")
        return self


class Metric(Payload):
    """What the capacity follows."""

    alb_metric_name: Literal["RequestCountPerTarget", "TargetResponseTime"] = (
        "RequestCountPerTarget"
    )
    target_value: Annotated[int, Field(ge=1)] = 30
    duration: Seconds = 60
    estimated_instance_warmup: Seconds = 180


class AutoScalingConfig(Payload):
    """How many instances serve the model; times in seconds, the volume in GiB."""

    block_device_volume_size: Annotated[int, Field(ge=30, le=16_384)] = 50
    min_capacity: Annotated[int, Field(ge=1, le=100)] = 1
    max_capacity: Annotated[int, Field(ge=1, le=100)] = 2
    desired_capacity: Annotated[int, Field(ge=1, le=100)] | None = None
    cooldown: Seconds = 420
    default_instance_warmup: Seconds = 180
    metric_config: Metric = Metric()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        wanted = self.desired_capacity or self.min_capacity
        if not self.min_capacity <= wanted <= self.max_capacity:
            raise ValueError("minCapacity <= desiredCapacity <= maxCapacity does not hold")
        return self


class LoadBalancerHealthCheck(Payload):
    """How the load balancer asks the server for its health; times in seconds."""

    path: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9._~/-]{0,255}$")] = "/health"
    interval: Annotated[int, Field(ge=5, le=300)] = 30
    timeout: Annotated[int, Field(ge=2, le=120)] = 10
    healthy_threshold_count: Annotated[int, Field(ge=2, le=10)] = 2
    unhealthy_threshold_count: Annotated[int, Field(ge=2, le=10)] = 2

    @model_validator(mode="after")
    def _answer_before_the_next(self) -> Self:
        if self.timeout >= self.interval:
            raise ValueError("timeout must be shorter than interval")
        return self


class LoadBalancerConfig(Payload):
    """The load balancer in front of the model's servers."""

    health_check_config: LoadBalancerHealthCheck = LoadBalancerHealthCheck()
