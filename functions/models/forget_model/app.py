"""Workflow step ForgetModel: everything made for the model is gone; so is its row."""

from kernel.workflow import step
from models.ownership import Work, owned
from models.wiring import models


@step(Work)
def handler(work: Work) -> None:
    models().remove(owned(models(), work))
