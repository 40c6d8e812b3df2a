"""From a model's specification to the templates and parameters of its stack."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from model_stack.image import image_of, staging_repository
from model_stack.literals import as_yaml, refuse_what_would_not_stay_literal
from model_stack.names import log_group_name, resource_name, stack_name
from model_stack.spec import OUR_VARIABLES, ContainerHealthCheck, Metric, ModelStackSpec
from stacks.rendered import RenderedStack, rendered

TEMPLATES = ("template.yaml", "capacity.yaml", "service.yaml", "scaling.yaml")
# CloudFormation parameters hold no lists of any length, so these two lines of service.yaml are
# replaced; everything else is a parameter.
ENVIRONMENT_LINE = "# rendered: the user's environment"
COMMAND_LINE = "Command: [CMD-SHELL, exit 0] # rendered: the user's health check"
_AMI = "/aws/service/ecs/optimized-ami/amazon-linux-2023/{variant}recommended/image_id"
_WILD = "*?${}"
_MINUTES_TO_BE_SURE = 5
_LEAST_SUBNETS = 2


def templates() -> Mapping[str, str]:
    """Return the packaged templates as they are on disk: file name -> text."""
    return {name: files("model_stack").joinpath(name).read_text("utf-8") for name in TEMPLATES}


def render(spec: ModelStackSpec) -> RenderedStack:
    """Fill in the templates for one model; the same specification gives the same bytes."""
    _refuse_bad_values(spec)
    texts = dict(templates())
    texts["service.yaml"] = _with_user_lists(texts["service.yaml"], spec)
    deployment = spec.deployment
    name = stack_name(deployment.deployment_name, spec.model_id)
    return rendered(name, texts, _parameters(spec), below=deployment.templates_url)


def _with_user_lists(service: str, spec: ModelStackSpec) -> str:
    variables = [
        "- " + as_yaml({"Name": name, "Value": value})
        for name, value in sorted(spec.environment.items())
    ]
    command = ["Command: " + as_yaml(_command(spec.container_health_check))]
    return _replace_line(_replace_line(service, ENVIRONMENT_LINE, variables), COMMAND_LINE, command)


def _replace_line(text: str, line: str, replacement: list[str]) -> str:
    before, found, after = text.partition(line)
    if not found:
        raise LookupError(f"service.yaml has lost its line `{line}`")
    indent = before[before.rfind("\n") :]
    return before.removesuffix(indent) + "".join(indent + new for new in replacement) + after


def _command(check: ContainerHealthCheck) -> list[str]:
    if isinstance(check.command, str):
        return ["CMD-SHELL", check.command]
    return list(check.command)


def _refuse_bad_values(spec: ModelStackSpec) -> None:
    for where, text in _texts(asdict(spec)):
        refuse_what_would_not_stay_literal(where, text)
    ours = sorted(set(spec.environment) & set(OUR_VARIABLES))
    if ours:
        raise ValueError(
            f"The environment variable {ours[0]} is set by the product itself, from the fields of "
            "the model. Leave it out of the environment."
        )
    if len(spec.deployment.subnets) < _LEAST_SUBNETS:
        raise ValueError(
            "A model's load balancer needs subnets in two zones, and this deployment has fewer. "
            "Give the containers stack at least two PrivateSubnets."
        )
    if not spec.model_name.strip("/") or any(wild in spec.model_name for wild in _WILD):
        raise ValueError(
            f"The model name {spec.model_name!r} is used as the S3 prefix that the server may "
            f"read, so it must not be empty nor contain any of {_WILD}. Rename the prefix."
        )


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield f"The name {key!r} in {where}", str(key)
            yield from _texts(inner, f"{where}.{key}".removeprefix("."))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner, where)


def _parameters(spec: ModelStackSpec) -> dict[str, str]:
    groups = (_place(spec), _server(spec), _capacity(spec), _scaling(spec), _health(spec))
    return {name: str(value) for group in groups for name, value in group.items()}


def _place(spec: ModelStackSpec) -> dict[str, str | int]:
    place = spec.deployment
    return {
        "DeploymentName": place.deployment_name,
        "ResourceName": resource_name(place.deployment_name, spec.model_id),
        "LogGroupName": log_group_name(place.deployment_name, spec.model_id),
        "LogRetentionDays": place.log_retention_days,
        "LogKeyArn": place.log_key_arn,
        "PermissionsBoundary": place.permissions_boundary,
        "AlarmTopicArn": place.alarm_topic_arn,
        "VpcId": place.vpc_id,
        "Subnets": ",".join(place.subnets),
        "PublicAddresses": _yes(place.public_addresses),
        "BalancerSecurityGroup": place.balancer_security_group,
        "InstanceSecurityGroup": place.instance_security_group,
        "ModelsBucket": place.models_bucket,
        "WeightsKeyArn": place.weights_key_arn,
    }


def _server(spec: ModelStackSpec) -> dict[str, str | int]:
    staged_in = staging_repository(spec.deployment.deployment_name, spec.inference_container)
    image = image_of(spec.image, spec.image_type, staged_in)
    return {
        "ModelId": spec.model_id,
        "ModelName": spec.model_name.strip("/"),
        "ModelType": spec.model_type,
        "Image": image.reference,
        "ImageNeedsRegistry": "true" if image.needs_registry else "false",
        "EcrRepository": image.repository,
        "EcrAccount": image.account,
        "EcrRegion": image.region,
        "GpuCount": spec.gpu_count,
        "MemoryReservation": spec.memory_reservation_mib,
        "SharedMemory": spec.shared_memory_mib,
    }


def _capacity(spec: ModelStackSpec) -> dict[str, str | int]:
    capacity = spec.capacity
    return {
        "Serving": _yes(spec.serving),
        "InstanceType": spec.instance_type,
        "Ami": _AMI.format(variant="gpu/" if spec.gpu_count else ""),
        "VolumeSize": capacity.volume_gib,
        "VolumeKeyArn": spec.deployment.volume_key_arn,
        "MinCapacity": capacity.minimum,
        "MaxCapacity": capacity.maximum,
        "DesiredCapacity": capacity.minimum if capacity.desired is None else capacity.desired,
        "Cooldown": capacity.cooldown,
        "InstanceWarmup": capacity.instance_warmup,
    }


def _yes(flag: bool) -> str:
    return "true" if flag else "false"


def _scaling(spec: ModelStackSpec) -> dict[str, str | int]:
    return {
        "MetricName": spec.metric.name,
        "MetricTarget": f"{_target(spec.metric):.3f}".rstrip("0").rstrip("."),
        "MetricWarmup": spec.metric.estimated_instance_warmup,
    }


def _target(metric: Metric) -> float:
    # Application Auto Scaling counts requests per minute; a time to answer has no period.
    if metric.name == "RequestCountPerTarget":
        return metric.target * 60 / metric.duration
    return metric.target


def _health(spec: ModelStackSpec) -> dict[str, str | int]:
    container, balancer = spec.container_health_check, spec.alb_health_check
    return {
        "HealthGrace": spec.health_grace,
        "UnhealthyMinutes": spec.health_grace // 60 + _MINUTES_TO_BE_SURE,
        "ContainerHealthInterval": container.interval,
        "ContainerHealthStartPeriod": container.start_period,
        "ContainerHealthTimeout": container.timeout,
        "ContainerHealthRetries": container.retries,
        "HealthPath": balancer.path,
        "HealthInterval": balancer.interval,
        "HealthTimeout": balancer.timeout,
        "HealthyThreshold": balancer.healthy_threshold,
        "UnhealthyThreshold": balancer.unhealthy_threshold,
    }
