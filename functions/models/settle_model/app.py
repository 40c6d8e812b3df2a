"""Workflow step SettleModel: the work is done, and gateways learn of it. Safe to repeat."""

from kernel.clock import now
from kernel.workflow import step
from models.model import BUSY
from models.ownership import Work, owned
from models.wiring import models


class Outcome(Work):
    """The model, where its server answers if we host it, and its context window in tokens."""

    api_base: str | None
    context_window: int | None


@step(Outcome)
def handler(given: Outcome) -> None:
    model = owned(models(), given)
    if model.status in BUSY:
        settled = model.settled(given.api_base, given.context_window, now())
        models().replace(model, settled)
