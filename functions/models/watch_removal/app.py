"""Workflow step WatchRemoval: is the model's stack gone, on its way, or stuck?"""

from pydantic import BaseModel

from kernel.clock import now
from kernel.workflow import step
from models.diagnosis import pause
from models.errors import StackNotDeleted
from models.ownership import Work, owned
from models.wiring import models, stacks


class Removal(BaseModel):
    """Whether the stack is gone; seconds until the next look is worth it."""

    gone: bool
    wait_seconds: int


@step(Work)
def handler(work: Work) -> Removal:
    model = owned(models(), work)
    stack = stacks().state(work.model_id)
    if stack is not None and stack.failure:
        raise StackNotDeleted(f"CloudFormation could not remove the stack: {stack.failure}")
    return Removal(gone=stack is None, wait_seconds=pause(now() - model.updated_at))
