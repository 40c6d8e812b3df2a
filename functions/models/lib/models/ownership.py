"""One workflow execution owns a model at a time. Whoever has lost it stops without a trace."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from models.errors import Busy, ModelBusyError, ModelNotFoundError, Superseded
from models.model import BUSY, FailureReason, Model, Status

if TYPE_CHECKING:
    from models.ports import Models

# A workflow writes a row a few times in its life: more lost races than this are no accident.
WITHDRAWALS = 5
# A removal that was asked for longer ago may have been lost with its workflow: it may be asked
# for again, and whoever still works on it finds that it has been taken over.
UNDER_WAY = timedelta(minutes=1)
# Lambda ends the step that makes a stack before this; a test compares it with the template.
LONGEST_MAKING = timedelta(seconds=45)


class Work(BaseModel):
    """What every step is given: the model, and the execution (its ARN) that asks."""

    model_config = ConfigDict(protected_namespaces=())

    model_id: str
    execution: str


def claim(models: "Models", work: Work, expecting: Collection[Status]) -> Model:
    """Take the model for this execution, or raise Superseded. Safe to repeat."""
    for _ in range(WITHDRAWALS):
        model = _current(models, work)
        if model.status not in expecting or model.execution not in (None, work.execution):
            taken = f"Model {work.model_id} is {model.status}, and another workflow has it."
            raise Superseded(taken)
        if model.execution == work.execution:
            return model
        # Who writes besides need not be another owner: a step that was overtaken says it is over.
        with suppress(Superseded, Busy):
            return models.replace(model, model.claimed_by(work.execution))
    raise Busy(f"Model {work.model_id} is changing at this very moment.")


def owned(models: "Models", work: Work) -> Model:
    """Return the model if this execution still owns it, or raise Superseded."""
    model = _current(models, work)
    if model.execution != work.execution:
        raise Superseded(f"Model {work.model_id} has been taken over by another request.")
    return model


def answerable(models: "Models", work: Work, expecting: Collection[Status]) -> Model:
    """Return the model if this execution owns it, or could not even claim it; or Superseded."""
    model = _current(models, work)
    unclaimed = model.execution is None and model.status in expecting
    if model.execution != work.execution and not unclaimed:
        raise Superseded(f"Model {work.model_id} has been taken over by another request.")
    return model


@contextmanager
def making(models: "Models", work: Work, at: datetime) -> Iterator[Model]:
    """Let the owner make the model's stack, or raise Superseded before it does.

    Neither an abort nor a DELETE ends a step that runs. So the row says that a stack may appear,
    and a removal waits for it: until the step is over, or cannot be running any more.
    """
    until = at + LONGEST_MAKING
    model = owned(models, work)
    begun = models.replace(model, model.making(until))
    try:
        yield begun
    finally:
        _made(models, work.model_id, until)


def _made(models: "Models", model_id: str, until: datetime) -> None:
    """Take the word back, whoever has the row; if that fails, time does it."""
    for _ in range(WITHDRAWALS):
        with suppress(Superseded, Busy):
            with suppress(ModelNotFoundError):
                model = models.get(model_id)
                if model.making_until == until:
                    models.replace(model, model.making(None))
            return


def _current(models: "Models", work: Work) -> Model:
    try:
        return models.get(work.model_id)
    except ModelNotFoundError:
        raise Superseded(f"Model {work.model_id} has been removed.") from None


def withdraw(models: "Models", model_id: str, at: datetime) -> None:
    """Take the model from whoever has it, and from its callers: it is being deleted.

    A workflow may write the row at the same moment; its next step will find that it has lost.
    """
    for _ in range(WITHDRAWALS):
        model = models.get(model_id)
        if model.status is Status.DELETING and at - model.updated_at < UNDER_WAY:
            return
        with suppress(Superseded, Busy):
            models.replace(model, model.deleting(at))
            return
    raise Busy(f"Model {model_id} is changing at this very moment.")


def change(models: "Models", model_id: str, changed: Callable[[Model], Model]) -> Model:
    """Change a row at somebody's request: of two requests at once one wins, the other is told."""
    model = models.get(model_id)
    try:
        return models.replace(model, changed(model))
    except (Superseded, Busy):
        raise ModelBusyError(model_id, models.get(model_id).status) from None


def abandon(models: "Models", work: Work, reason: FailureReason, at: datetime) -> None:
    """Write down that a model's workflow is no more, unless it had done its work.

    A step of it may still run and write the row; that must not leave the model waiting for ever.
    """
    for _ in range(WITHDRAWALS):
        try:
            model = owned(models, work)
        except Superseded:
            return
        if model.status not in BUSY:
            return
        with suppress(Superseded, Busy):
            models.replace(model, model.failed(reason, at))
            return
    raise Busy(f"Model {work.model_id} is changing at this very moment.")
