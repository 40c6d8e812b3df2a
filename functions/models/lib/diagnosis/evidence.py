"""What the platforms say about one model, as the adapters collect it.

Every text is cut and scrubbed of secrets as it comes in, so that nothing made of it can leak one.
Every list has the oldest first, and keeps its newest entries.
"""

from dataclasses import dataclass, fields

from diagnosis.scrubbing import scrubbed

LISTED = 100


@dataclass(frozen=True)
class _Bounded:
    """Base of all evidence: texts are scrubbed, lists keep their end."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _bounded(getattr(self, field.name)))


def _bounded(value: object) -> object:
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, tuple):
        return tuple(map(_bounded, value[-LISTED:]))
    return value


@dataclass(frozen=True)
class StackEvent(_Bounded):
    """An entry of CloudFormation's DescribeStackEvents, of the model's stack or a nested one."""

    logical_id: str
    resource_type: str
    status: str
    reason: str = ""


@dataclass(frozen=True)
class StoppedTask(_Bounded):
    """A task that ended, of ECS's DescribeTasks.

    `reason` and `stop_code` are the task's, `container_reason` and `exit_code` its container's;
    `last_lines` is the end of its log, one entry a line.
    """

    reason: str = ""
    stop_code: str = ""
    exit_code: int | None = None
    container_reason: str = ""
    last_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScalingActivity(_Bounded):
    """An entry of Auto Scaling's DescribeScalingActivities; `status` is its StatusCode."""

    status: str
    message: str = ""
    cause: str = ""


@dataclass(frozen=True)
class ServiceEvent(_Bounded):
    """An event of the ECS service, of DescribeServices."""

    message: str


@dataclass(frozen=True)
class TargetHealth(_Bounded):
    """A target of the model's load balancer, of DescribeTargetHealth."""

    state: str
    reason_code: str = ""
    description: str = ""


@dataclass(frozen=True)
class Evidence(_Bounded):
    """All that is known about one model whose server is not healthy (yet).

    `given_up` is why ECS stopped trying (a deployment's rolloutStateReason), empty while it tries;
    `timed_out_after_minutes` is set once nobody waits any longer.
    """

    stack_events: tuple[StackEvent, ...] = ()
    stopped_tasks: tuple[StoppedTask, ...] = ()
    scaling_activities: tuple[ScalingActivity, ...] = ()
    service_events: tuple[ServiceEvent, ...] = ()
    targets: tuple[TargetHealth, ...] = ()
    given_up: str = ""
    region: str = ""
    instance_type: str = ""
    log_group: str = ""
    health_path: str = ""
    timed_out_after_minutes: int | None = None
