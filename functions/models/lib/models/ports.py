"""What the service needs from the world, in its own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from definition.payload import ModelType
from diagnosis import Evidence
from models.model import Model, Shape
from stacks.state import Found


class Models(Protocol):
    """The table of models: the only truth about them."""

    def get(self, model_id: str) -> Model:
        """Return a model, or raise ModelNotFoundError."""

    def all(self) -> Iterable[Model]:
        """Yield every model, ordered by id."""

    def add(self, model: Model) -> None:
        """Store a new model, or change nothing and raise ModelAlreadyExistsError, or Busy.

        It reaches the gateways in the same transaction, as one that cannot be called yet.
        """

    def replace(self, was: Model, now: Model) -> Model:
        """Store a changed model and return it with its new revision.

        Raise Superseded and change nothing if the row is no longer `was`, Busy if another
        write is under way. What gateways are told of a model reaches them in the same transaction.
        """

    def remove(self, model: Model) -> None:
        """Remove the row, or raise Superseded if it is no longer `model`."""


class Stacks(Protocol):
    """The model stacks."""

    def create(self, model: Model) -> str:
        """Start making the model's stack and return its digest; one that is there is left alone."""

    def change(self, model: Model, shape: Shape, instead_of: Shape | None = None) -> str:
        """Start giving the stack another shape and return its digest. Safe to repeat.

        With `instead_of`, a stack that neither has nor gets that shape is left as it is.
        Raise StackBusy while something else is being done to it (an update to yet another shape is
        cancelled), Diagnosed if there is no stack or CloudFormation refuses.
        """

    def state(self, model_id: str) -> Found | None:
        """Return the state of the model's stack, None when there is none."""

    def delete(self, model_id: str) -> None:
        """Start removing the model's stack; no stack is no error, nor one that is moving still."""


@dataclass(frozen=True)
class Servers:
    """How the servers of one model fare.

    `running` of them run, `settled` says that no rollout is under way, `healthy` that the load
    balancer finds at least one that answers. `evidence` is what has been said of them.
    """

    running: int = 0
    settled: bool = False
    healthy: bool = False
    evidence: Evidence = Evidence()


class Cluster(Protocol):
    """The cluster on which the servers run."""

    def servers(self, model_id: str, since: datetime) -> Servers:
        """Return how the servers of a model fare, leaving out what ended before `since`."""


class Inference(Protocol):
    """A model's server, asked as a client would."""

    def answers(self, api_base: str, model_id: str, model_type: ModelType) -> None:
        """Ask for one small answer, or raise NoAnswerYet with what came instead."""
