"""Workflow step WatchRemoval: is the model's stack gone, on its way, or stuck?"""

from pydantic import BaseModel

from kernel.clock import now
from kernel.workflow import step
from models.ownership import Work, owned
from models.watching import still_there
from models.wiring import models, stacks
from stacks.state import pause


class Removal(BaseModel):
    """Whether the stack is gone; seconds until the next look is worth it."""

    gone: bool
    wait_seconds: int


@step(Work)
def handler(work: Work) -> Removal:
    # The row first: what a step has made by the time at which it is over can be seen.
    model = owned(models(), work)
    stack = stacks().state(work.model_id)
    if still_there(stack):
        # It appeared, or was being changed, when its removal was asked for.
        stacks().delete(work.model_id)
    gone = stack is None and not model.may_be_made(now())
    return Removal(gone=gone, wait_seconds=pause(now() - model.updated_at))
