"""Workflow step WatchServer: is the model's server healthy, on its way, or never coming up?"""

from kernel.clock import now
from kernel.workflow import step
from models.diagnosis import Watched, watched
from models.ownership import Work, owned
from models.ports import Stack
from models.settings import settings
from models.wiring import cluster, models, stacks


@step(Work)
def handler(work: Work) -> Watched:
    model = owned(models(), work)
    stack = stacks().state(model.model_id) or Stack(failure="the stack has been removed")
    servers = cluster().servers(model.model_id, since=model.created_at)
    return watched(model, stack, servers, now(), settings().start_timeout_minutes)
