"""What passes between the control plane and the agent: orders in, reports out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Container:
    """What a task definition says about its one container."""

    name: str
    image: str
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    ports: tuple[int, ...] = ()
    stop_timeout: float = 30.0
    role: str = ""


@dataclass(frozen=True)
class Order:
    """A task as the control plane describes it."""

    arn: str
    cluster: str
    definition: str
    desired: str
    last: str
    service: str = ""
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The last part of the ARN."""
        return self.arn.rsplit("/", 1)[-1]

    @property
    def service_key(self) -> str:
        """How the routes name the task's service; empty for a task that was run by itself."""
        return f"{self.cluster}/{self.service}" if self.service else ""


@dataclass(frozen=True)
class Report:
    """What became of a task."""

    arn: str
    cluster: str
    status: str
    reason: str = ""
    container: str = ""
    container_reason: str = ""
    exit_code: int | None = None
    host_port: int | None = None
    container_ports: tuple[int, ...] = ()
    pid: int | None = None

    def sentence(self) -> str:
        """The report for a person."""
        causes = ": ".join(filter(None, (self.reason, self.container_reason)))
        ending = f" ({causes})" if causes else ""
        return f"task {self.arn.rsplit('/', 1)[-1]} of {self.cluster}: {self.status}{ending}"


class Held(Enum):
    """What the agent has of a task."""

    NOTHING = "nothing"
    STARTING = "starting"
    RUNNING = "running"


class Action(Enum):
    """What the agent does about an order."""

    NOTHING = "nothing"
    START = "start"
    STOP = "stop"
    SAY_LOST = "say that its process is gone"
    SAY_RUNNING = "say again that it runs"


def decide(order: Order, held: Held) -> Action:
    """Compare what is wanted with what is there."""
    if order.desired == "STOPPED" or order.last == "STOPPED":
        if held is not Held.NOTHING:
            return Action.STOP
        return Action.NOTHING if order.last == "STOPPED" else Action.SAY_LOST
    if held is Held.NOTHING:
        return Action.SAY_LOST if order.last == "RUNNING" else Action.START
    if held is Held.RUNNING and order.last != "RUNNING":
        return Action.SAY_RUNNING
    return Action.NOTHING
