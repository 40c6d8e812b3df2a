"""Workflow step FailModel: write down why the model cannot serve, for people."""

from kernel.clock import now
from kernel.workflow import step
from models.diagnosis import Caught, reason_of
from models.errors import FAILURES
from models.model import Status
from models.ownership import Work, answerable
from models.wiring import models


class Ending(Work):
    """The model, the error that ended its workflow, and the status that this began with."""

    error: Caught
    expecting: Status


@step(Ending)
def handler(given: Ending) -> None:
    model = answerable(models(), given, given.expecting)
    reason = reason_of(given.error.error, given.error.message, FAILURES)
    models().replace(model, model.failed(reason, now()))
