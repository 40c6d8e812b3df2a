"""Workflow step ClaimModel: make this execution the model's owner. Safe to repeat."""

from pydantic import BaseModel

from kernel.workflow import step
from models.model import Status
from models.ownership import Work, claim
from models.wiring import models


class Claim(Work):
    """The model, the execution, and the statuses of which the row must have one."""

    expecting: list[Status]


class Claimed(BaseModel):
    """Whether servers are to be made; where they answer and how many stay is not known yet."""

    hosted: bool
    api_base: None = None
    servers: None = None


@step(Claim)
def handler(given: Claim) -> Claimed:
    return Claimed(hosted=claim(models(), given, given.expecting).hosted)
