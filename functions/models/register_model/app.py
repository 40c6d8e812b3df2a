"""Workflow step RegisterModel: the gateways may call the model from now on."""

from kernel.clock import now
from kernel.workflow import step
from models.model import Status
from models.ownership import Work, owned
from models.wiring import models


class Registration(Work):
    """The model, and where its server answers if we host it."""

    api_base: str | None


@step(Registration)
def handler(given: Registration) -> None:
    model = owned(models(), given)
    if model.status is Status.CREATING:
        models().replace(model, model.serving(given.api_base, now()))
