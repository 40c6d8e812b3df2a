"""Numbers that come out of template parameters, which are texts there.

Symptom: `unsupported operand type(s) for -: 'str' and 'int'` for an ECS service whose DesiredCount
is a parameter. CloudFormation on AWS turns a value into its property's type.
"""

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

TYPES = (
    "AWS::ECS::Service",
    "AWS::ECS::TaskDefinition",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
)
NUMBERS = frozenset(
    {
        "ContainerPort",
        "DesiredCount",
        "HealthCheckGracePeriodSeconds",
        "HealthCheckIntervalSeconds",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "HostPort",
        "Interval",
        "MaximumPercent",
        "MemoryReservation",
        "MinimumHealthyPercent",
        "Port",
        "Retries",
        "SharedMemorySize",
        "StartPeriod",
        "StopTimeout",
        "Timeout",
        "UnhealthyThresholdCount",
    }
)


def typed(value: Any, name: str = "") -> Any:
    """Return a property's value with the numbers in it as numbers."""
    if isinstance(value, dict):
        return {key: typed(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [typed(part, name) for part in value]
    is_number = name in NUMBERS and isinstance(value, str) and value.isdecimal()
    return int(value) if is_number else value


def _create_typed(create: Callable[..., Any]) -> Callable[..., Any]:
    return lambda logical_id, properties, stack: create(logical_id, typed(properties), stack)


def _update_typed(update: Callable[..., Any]) -> Callable[..., Any]:
    return lambda physical_id, old, new, *rest: update(physical_id, typed(old), typed(new), *rest)


def apply() -> None:
    """Give each type's handlers typed properties."""
    for resource_type in TYPES:
        handler = provisioners._RESOURCE_HANDLERS[resource_type]
        handler["create"] = _create_typed(handler["create"])
        if "update" in handler:
            handler["update"] = _update_typed(handler["update"])
