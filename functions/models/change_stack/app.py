"""Workflow step ChangeStack: start giving the model's stack another shape. Safe to repeat."""

from typing import Literal

from kernel.clock import now
from kernel.workflow import step
from models.ownership import Work, owned
from models.watching import Asked
from models.wiring import models, stacks


class Reshaping(Work):
    """The model, and whether its stack shall be as it is wanted or as it was."""

    shape: Literal["wanted", "former"]


@step(Reshaping)
def handler(given: Reshaping) -> Asked:
    model = owned(models(), given)
    shape = model.wanted if given.shape == "wanted" else model.former
    return Asked(digest=stacks().change(model, shape), since=now())
