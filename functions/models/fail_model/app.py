"""Workflow step FailModel: write down why the model cannot serve, or cannot be changed."""

from kernel.clock import now
from kernel.workflow import Caught, step
from models.model import BUSY, Status
from models.ownership import Work, answerable
from models.reasons import reason_of
from models.wiring import models


class Ending(Work):
    """The model, the error that ended its workflow, and the statuses that this begins with.

    `restored` when its servers are again what they were, answering at `api_base` if they serve.
    """

    error: Caught
    expecting: list[Status]
    restored: bool = False
    api_base: str | None = None


@step(Ending)
def handler(given: Ending) -> None:
    model = answerable(models(), given, given.expecting)
    reason = reason_of(given.error)
    if not given.restored:
        models().replace(model, model.failed(reason, now()))
    elif model.status in BUSY:
        models().replace(model, model.reverted(reason, given.api_base, now()))
