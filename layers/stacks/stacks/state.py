"""How a stack fares, without CloudFormation's forty statuses. Pure."""

from dataclasses import dataclass, field
from datetime import timedelta


class StackBusyError(Exception):
    """Something else is being done to the stack: ask again in a while."""


@dataclass(frozen=True)
class Failure:
    """What CloudFormation says of one resource that failed."""

    logical_id: str
    resource_type: str
    status: str
    reason: str


@dataclass(frozen=True)
class Found:
    """A stack as it is.

    `digest` names the shape that it has or is getting; after a rollback, the one it has again.
    `moving` while CloudFormation works on it, `leaving` when that is, or was, its removal, `failed`
    when it ended in the middle. `trouble` is what went wrong in the last operation, whether it was
    taken back or not.
    """

    digest: str = ""
    moving: bool = False
    leaving: bool = False
    failed: bool = False
    trouble: tuple[Failure, ...] = ()
    outputs: dict[str, str] = field(default_factory=dict)


def pause(age: timedelta) -> int:
    """Return the seconds until the next look at something that is `age` old."""
    return 1 if age < timedelta(minutes=1) else 5 if age < timedelta(minutes=10) else 15
