"""What the service needs from the world, in its own words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from models.model import Model


class Models(Protocol):
    """The table of models: the only truth about them."""

    def get(self, model_id: str) -> Model:
        """Return a model, or raise ModelNotFoundError."""

    def all(self) -> Iterable[Model]:
        """Yield every model, ordered by id."""

    def add(self, model: Model) -> None:
        """Store a new model, or raise ModelAlreadyExistsError and change nothing."""

    def replace(self, was: Model, now: Model) -> Model:
        """Store a changed model and return it with its new revision.

        Raise Superseded and change nothing if the row is no longer `was`, Busy if another
        write is under way. A change of the route reaches the gateways in the same transaction.
        """

    def remove(self, model: Model) -> None:
        """Remove the row, or raise Superseded if it is no longer `model`."""


class Weights(Protocol):
    """The bucket of weights."""

    bucket: str

    def exist(self, prefix: str) -> bool:
        """Return whether any file lies below a key prefix."""


@dataclass(frozen=True)
class Stack:
    """The state of a model's stack: `failure` is CloudFormation's reason, if it gave one."""

    failure: str | None = None
    outputs: dict[str, str] = field(default_factory=dict)


class Stacks(Protocol):
    """The model stacks."""

    def create(self, model: Model) -> None:
        """Start making the model's stack; a stack that is already there is left alone."""

    def state(self, model_id: str) -> Stack | None:
        """Return the state of the model's stack, None when there is none."""

    def delete(self, model_id: str) -> None:
        """Start removing the model's stack; no stack is no error."""


@dataclass(frozen=True)
class StoppedTask:
    """A server that ended, in ECS's words."""

    reason: str
    exit_code: int | None = None
    last_words: str = ""


@dataclass(frozen=True)
class Servers:
    """How the servers of one model fare."""

    healthy: bool = False
    stopped: tuple[StoppedTask, ...] = ()
    given_up: str = ""


class Cluster(Protocol):
    """The cluster on which the servers run."""

    def servers(self, model_id: str, since: datetime) -> Servers:
        """Return how the servers of a model fare, leaving out what ended before `since`."""


class Inference(Protocol):
    """A model's server, asked as a client would."""

    def answers(self, api_base: str, model: Model) -> None:
        """Ask for one small answer, or raise SmokeTestFailed with what came instead."""
