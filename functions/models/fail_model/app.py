"""Workflow step FailModel: write down why the model cannot serve, for people."""

import json

from pydantic import BaseModel, Field

from kernel.clock import now
from kernel.workflow import step
from models.diagnosis import reason_of
from models.errors import FAILURES
from models.ownership import Work, owned
from models.wiring import models


class Caught(BaseModel):
    """An error as Step Functions hands it to a Catch."""

    error: str = Field(alias="Error")
    cause: str = Field(alias="Cause", default="")

    @property
    def message(self) -> str:
        """Return what the function said; a platform error's cause is no JSON and says nothing."""
        try:
            return str(json.loads(self.cause)["errorMessage"])
        except (ValueError, TypeError, KeyError):
            return ""


class Ending(Work):
    """The model, and the error that ended its workflow."""

    error: Caught


@step(Ending)
def handler(given: Ending) -> None:
    model = owned(models(), given)
    reason = reason_of(given.error.error, given.error.message, FAILURES)
    models().replace(model, model.failed(reason, now()))
