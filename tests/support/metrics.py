"""Which metrics there are: AWS's, as its documents have them, and ours, as the code emits them."""

import ast
from collections.abc import Iterator, Mapping

from gateway.metrics import emf
from kernel.observability import NAMESPACE
from tests.support.sources import tracked, tree

type Dimensions = frozenset[str]
type Metrics = Mapping[str, frozenset[Dimensions]]


def _by(names: str, *dimensions: str) -> dict[str, frozenset[Dimensions]]:
    """Each name, with every set of dimensions under which it is kept: `A,B` are two together."""
    sets = frozenset(frozenset(one.split(",")) - {""} for one in dimensions)
    return dict.fromkeys(names.split(), sets)


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
OF_AWS: Mapping[str, Metrics] = {
    "AWS/ApiGateway": _by("Count 4XXError 5XXError Latency IntegrationLatency", "ApiName"),
    "AWS/Lambda": _by(
        "Errors Throttles Invocations Duration ConcurrentExecutions", "", "FunctionName"
    )
    | _by("IteratorAge", "FunctionName"),
    "AWS/States": _by(
        "ExecutionsFailed ExecutionsAborted ExecutionsTimedOut ExecutionsStarted", "StateMachineArn"
    ),
    "AWS/SQS": _by("ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesVisible", "QueueName"),
    "AWS/DynamoDB": _by(
        "ReadThrottleEvents WriteThrottleEvents ConsumedReadCapacityUnits "
        "ConsumedWriteCapacityUnits",
        "TableName",
        "TableName,GlobalSecondaryIndexName",
    ),
    "AWS/ECS": _by("CPUUtilization MemoryUtilization", "ClusterName", "ClusterName,ServiceName"),
    "AWS/ApplicationELB": _by("HTTPCode_ELB_5XX_Count RejectedConnectionCount", "LoadBalancer")
    | _by(
        "HTTPCode_Target_5XX_Count TargetResponseTime TargetConnectionErrorCount "
        "RequestCount RequestCountPerTarget",
        "LoadBalancer",
        "LoadBalancer,TargetGroup",
    )
    | _by("HealthyHostCount UnHealthyHostCount", "LoadBalancer,TargetGroup"),
    "AWS/AutoScaling": _by(
        "GroupDesiredCapacity GroupInServiceInstances GroupPendingInstances",
        "AutoScalingGroupName",
    ),
    "AWS/CertificateManager": _by("DaysToExpiry", "CertificateArn"),
}


def known() -> Mapping[str, Metrics]:
    """Return every namespace with its metrics."""
    return {**OF_AWS, emf.NAMESPACE: _of_gateways(), NAMESPACE: dict(_of_functions())}


def _of_gateways() -> Metrics:
    whole = frozenset({frozenset(emf.WHOLE)})
    by_model = frozenset(frozenset(one) for one in emf.BY_MODEL)
    of_models = [
        *emf.COUNTS.values(),
        *emf.OF_TOKENS.values(),
        *(name for name, _ in emf.DURATIONS.values()),
        *(name for name, _ in emf._classes("200")),
    ]
    return dict.fromkeys(emf.OF_THE_WHOLE.values(), whole) | dict.fromkeys(of_models, by_model)


def _of_functions() -> Iterator[tuple[str, frozenset[Dimensions]]]:
    """Each metric that a function counts; Powertools adds the service to every one."""
    for path in tracked(":(glob)functions/*/*/app.py"):
        found: dict[str, set[Dimensions]] = {}
        for node in ast.walk(tree(path)):
            match node:
                case ast.Call(
                    func=ast.Name("count"), args=[ast.Constant(str(name))], keywords=given
                ):
                    named = {str(one.arg) for one in given}
                    found.setdefault(name, set()).add(frozenset({"service", *named}))
        yield from ((name, frozenset(sets)) for name, sets in found.items())
