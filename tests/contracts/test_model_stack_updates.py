"""A change of a model updates its stack in place: no name is taken twice, nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from model_stack import (
    BalancerHealthCheck,
    Capacity,
    ContainerHealthCheck,
    Metric,
    ModelStackSpec,
)
from tests.support.model_stacks import DEPLOYMENT, MISTRAL
from tests.support.resolved_stacks import resolved
from tests.support.resource_types import replaced_by

type Path = tuple[str, ...]

# A new revision of a task definition stands beside the old one under the same name.
REVISED = "AWS::ECS::TaskDefinition"
SERVER = "Service.TaskDefinition.ContainerDefinitions"
OWN_KEYS = replace(
    DEPLOYMENT,
    weights_key_arn="arn:aws-test:kms:::key/a",
    volume_key_arn="arn:aws-test:kms:::key/b",
)
# What a change of the model changes in its stack, and nothing else.
CHANGES: dict[str, tuple[ModelStackSpec, set[str]]] = {
    "stop": (
        replace(MISTRAL, serving=False),
        {
            "Capacity.AutoScalingGroup.MaxSize",
            "Capacity.AutoScalingGroup.MinSize",
            "Scaling.Servers.MaxCapacity",
            "Scaling.Servers.MinCapacity",
            "Service.Service.DesiredCount",
        },
    ),
    "capacity": (
        replace(MISTRAL, capacity=Capacity(2, 4, 3, cooldown=60, instance_warmup=9)),
        {
            "Capacity.AutoScalingGroup.Cooldown",
            "Capacity.AutoScalingGroup.DefaultInstanceWarmup",
            "Capacity.AutoScalingGroup.MaxSize",
            "Capacity.AutoScalingGroup.MinSize",
            "Scaling.FollowRequests.TargetTrackingScalingPolicyConfiguration.ScaleInCooldown",
            "Scaling.Servers.MaxCapacity",
            "Scaling.Servers.MinCapacity",
            "Service.Service.DesiredCount",
        },
    ),
    "one instance": (
        replace(MISTRAL, capacity=Capacity(1, 1)),
        {
            "Capacity.AutoScalingGroup.MaxSize",
            "Scaling.Servers.MaxCapacity",
            "Service.Service.DeploymentConfiguration.MaximumPercent",
            "Service.Service.DeploymentConfiguration.MinimumHealthyPercent",
        },
    ),
    "volume": (
        replace(MISTRAL, capacity=Capacity(volume_gib=500)),
        {"Capacity.LaunchTemplate.LaunchTemplateData.BlockDeviceMappings"},
    ),
    "environment": (replace(MISTRAL, environment={"A": "1"}), {SERVER}),
    "shared memory": (replace(MISTRAL, shared_memory_mib=0), {SERVER}),
    "container check": (
        replace(MISTRAL, container_health_check=ContainerHealthCheck("true", 20, 60, 10, 5)),
        {SERVER},
    ),
    "balancer check": (
        replace(MISTRAL, alb_health_check=BalancerHealthCheck("/ping", 60, 30, 3, 5)),
        {
            "Service.TargetGroup.HealthCheckIntervalSeconds",
            "Service.TargetGroup.HealthCheckPath",
            "Service.TargetGroup.HealthCheckTimeoutSeconds",
            "Service.TargetGroup.HealthyThresholdCount",
            "Service.TargetGroup.UnhealthyThresholdCount",
        },
    ),
    "metric": (
        replace(MISTRAL, metric=Metric("TargetResponseTime", 2)),
        {"Scaling.FollowRequests", "Scaling.FollowResponseTime"},
    ),
    "warm-up": (
        replace(MISTRAL, metric=Metric(target=9, estimated_instance_warmup=300)),
        {
            "Capacity.CapacityProvider.AutoScalingGroupProvider.ManagedScaling.InstanceWarmupPeriod",
            "Scaling.FollowRequests.TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown",
            "Scaling.FollowRequests.TargetTrackingScalingPolicyConfiguration.TargetValue",
        },
    ),
    "grace": (
        replace(MISTRAL, health_grace=3600),
        {
            "Scaling.UnhealthyServers.EvaluationPeriods",
            "Service.Service.HealthCheckGracePeriodSeconds",
        },
    ),
    "instance type": (
        replace(MISTRAL, instance_type="g5.12xlarge", gpu_count=4, memory_reservation_mib=150000),
        {"Capacity.LaunchTemplate.LaunchTemplateData.InstanceType", SERVER},
    ),
    "image": (
        replace(MISTRAL, image="vllm:2", image_type="ecr"),
        {"Capacity.ImagePullPolicy.PolicyDocument.Statement", SERVER},
    ),
    "keys": (
        replace(MISTRAL, deployment=OWN_KEYS),
        {
            "Capacity.LaunchTemplate.LaunchTemplateData.BlockDeviceMappings",
            "Service.WeightsRole.Policies",
        },
    ),
    "log": (
        replace(MISTRAL, deployment=replace(DEPLOYMENT, log_retention_days=90)),
        {"Service.LogGroup.RetentionInDays"},
    ),
}
ALARMS = {
    f"Scaling.{name}.{property_}"
    for name in (
        *("UnhealthyServers", "NoServer", "Unanswered", "ServerErrors"),
        *("ConnectionErrors", "SlowAnswers", "NoCapacity"),
    )
    for property_ in ("AlarmActions", "OKActions")
}
CHANGES["alarm topic"] = (
    replace(MISTRAL, deployment=replace(DEPLOYMENT, alarm_topic_arn="arn:aws-test:sns:::t")),
    ALARMS,
)


def differences(before: Any, after: Any, path: Path = ()) -> Iterator[Path]:
    """Where two documents differ; a list, and what is in one of them alone, differs as a whole."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        if before != after:
            yield path
        return
    for key in before.keys() | after.keys():
        yield from differences(before.get(key), after.get(key), (*path, key))


def changed(before: ModelStackSpec, after: ModelStackSpec) -> set[Path]:
    """The paths of what differs, without the word `Properties`."""
    found = differences(resolved(before), resolved(after))
    return {tuple(key for key in path if key != "Properties") for path in found}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_changes_what_it_means_and_nothing_else(change: str) -> None:
    after, expected = CHANGES[change]
    assert {".".join(path) for path in changed(MISTRAL, after)} == expected


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("back", [False, True], ids=["there", "back"])
def test_no_change_replaces_what_bears_a_fixed_name(change: str, back: bool) -> None:
    after = CHANGES[change][0]
    before, then = (after, MISTRAL) if back else (MISTRAL, after)
    old, new = resolved(before), resolved(then)
    for resource, *path in changed(before, then):
        if resource not in old or resource not in new or old[resource]["Type"] == REVISED:
            continue
        assert old[resource]["Type"] == new[resource]["Type"]
        for fixed in replaced_by(old[resource]["Type"]):
            shorter = min(len(fixed), len(path))
            assert fixed[:shorter] != tuple(path[:shorter]), f"{resource}: {path}"


def test_the_published_schemas_know_what_would_replace_a_service() -> None:
    assert ("ServiceName",) in replaced_by("AWS::ECS::Service")
    assert ("AutoScalingGroupName",) in replaced_by("AWS::AutoScaling::AutoScalingGroup")
    assert ("Name",) in replaced_by("AWS::ElasticLoadBalancingV2::TargetGroup")
