"""Workflow step CreateStack: start making the model's stack. Safe to repeat."""

from kernel.workflow import step
from models.errors import Superseded
from models.ownership import Work, owned
from models.wiring import models, stacks


@step(Work)
def handler(work: Work) -> None:
    stacks().create(owned(models(), work))
    try:
        owned(models(), work)
    except Superseded:
        # A DELETE came in between and may have seen no stack: then nobody else removes this one.
        stacks().delete(work.model_id)
        raise
