"""Workflow step CreateStack: start making the model's stack. Safe to repeat."""

from kernel.clock import now
from kernel.workflow import step
from models.errors import Superseded
from models.ownership import Work, making, owned
from models.watching import Asked
from models.wiring import models, stacks


@step(Work)
def handler(work: Work) -> Asked:
    with making(models(), work, now()) as model:
        digest = stacks().create(model)
        try:
            return Asked(digest=digest, since=owned(models(), work).since)
        except Superseded:
            # The workflow has been aborted, or a DELETE came in between: nobody watches this stack.
            stacks().delete(work.model_id)
            raise
