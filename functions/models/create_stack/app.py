"""Workflow step CreateStack: start making the model's stack. Safe to repeat."""

from kernel.workflow import step
from models.errors import Superseded
from models.ownership import Work, owned
from models.wiring import models, stacks


@step(Work)
def handler(work: Work) -> None:
    try:
        stacks().create(owned(models(), work))
        owned(models(), work)
    except Superseded:
        # A DELETE came in between and may have seen no stack: then nobody else removes what this
        # attempt made, or an earlier one whose answer was lost.
        stacks().delete(work.model_id)
        raise
