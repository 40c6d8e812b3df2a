"""Workflow step CreateStack: start making the model's stack. Safe to repeat."""

from kernel.workflow import step
from models.errors import Superseded
from models.ownership import Work, owned
from models.watching import Asked
from models.wiring import models, stacks


@step(Work)
def handler(work: Work) -> Asked:
    try:
        digest = stacks().create(owned(models(), work))
        return Asked(digest=digest, since=owned(models(), work).since)
    except Superseded:
        # A DELETE came in between and may have seen no stack: then nobody else removes what this
        # attempt made, or an earlier one whose answer was lost.
        stacks().delete(work.model_id)
        raise
