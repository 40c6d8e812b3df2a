"""Workflow step CheckPlan: find out now, not in half an hour, that a model cannot start."""

from pydantic import BaseModel

from kernel.workflow import step
from models.feasibility import context_of, require_start, servers_to_keep, wish_of
from models.ownership import Work, owned
from models.settings import workflow_settings
from models.wiring import account, cluster, files, models
from planning.plan import plan


class Checked(BaseModel):
    """The model's context window in tokens, and how many servers a change leaves, if known."""

    context_window: int | None = None
    servers: int | None = None


@step(Work)
def handler(work: Work) -> Checked:
    model = owned(models(), work)
    config, serving, _ = model.wanted
    if not (serving and model.hosted):
        return Checked()
    found = plan(wish_of(config, workflow_settings().aws_region), files(), account())
    require_start(found, config)
    running = cluster().servers(model.model_id, since=model.since).running
    return Checked(context_window=context_of(found), servers=servers_to_keep(model, running))
