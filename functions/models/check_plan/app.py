"""Workflow step CheckPlan: find out now, not in half an hour, that a model cannot start."""

from pydantic import BaseModel

from kernel.workflow import step
from models.feasibility import context_of, require_start, wish_of
from models.ownership import Work, owned
from models.settings import workflow_settings
from models.wiring import account, files, models
from planning.plan import plan


class Checked(BaseModel):
    """The model's context window in tokens, as far as it is known."""

    context_window: int | None = None


@step(Work)
def handler(work: Work) -> Checked:
    model = owned(models(), work)
    config, serving = model.wanted
    if not (serving and model.hosted):
        return Checked()
    found = plan(wish_of(config, workflow_settings().aws_region), files(), account())
    require_start(found, config)
    return Checked(context_window=context_of(found))
