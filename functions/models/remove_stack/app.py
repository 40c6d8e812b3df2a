"""Workflow step RemoveStack: start removing whatever was made for the model. Safe to repeat."""

from kernel.workflow import step
from models.ownership import Work, owned
from models.wiring import models, stacks


@step(Work)
def handler(work: Work) -> None:
    owned(models(), work)
    stacks().delete(work.model_id)
