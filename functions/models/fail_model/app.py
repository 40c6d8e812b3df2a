"""Workflow step FailModel: write down why the model cannot serve, for people."""

from kernel.clock import now
from kernel.workflow import step
from models.diagnosis import Caught, reason_of
from models.errors import FAILURES
from models.ownership import Work, owned
from models.wiring import models


class Ending(Work):
    """The model, and the error that ended its workflow."""

    error: Caught


@step(Ending)
def handler(given: Ending) -> None:
    model = owned(models(), given)
    reason = reason_of(given.error.error, given.error.message, FAILURES)
    models().replace(model, model.failed(reason, now()))
