"""Workflow step ChangeStack: start giving the model's stack another shape. Safe to repeat."""

from typing import Literal

from kernel.clock import now
from kernel.workflow import step
from models.ownership import Work, owned
from models.watching import Asked
from models.wiring import models, stacks


class Reshaping(Work):
    """The model, whether its stack shall be as it is wanted or as it was, and with how many
    servers, unless that follows from its definition."""

    shape: Literal["wanted", "former"]
    servers: int | None = None


@step(Reshaping)
def handler(given: Reshaping) -> Asked:
    model = owned(models(), given)
    wanted = model.wanted._replace(servers=given.servers)
    if given.shape == "wanted":
        digest = stacks().change(model, wanted)
    else:
        former = model.former._replace(servers=given.servers)
        digest = stacks().change(model, former, instead_of=wanted)
    return Asked(digest=digest, since=now())
