"""Workflow step WatchStack: are the model's servers what they shall be, or never will be?"""

from typing import Literal

from diagnosis import progress
from kernel.clock import now
from kernel.workflow import step
from models.ownership import Work, owned
from models.settings import workflow_settings
from models.watching import Asked, Watched, known, watched
from models.wiring import cluster, models, stacks


class Watch(Work):
    """The model, the shape that it shall have, and when that was asked for."""

    shape: Literal["wanted", "former"]
    asked: Asked


@step(Watch)
def handler(given: Watch) -> Watched:
    model = owned(models(), given)
    servers = cluster().servers(model.model_id, since=given.asked.since)
    shape = model.wanted if given.shape == "wanted" else model.former
    told = progress(known(servers.evidence, shape.config))
    if told and told != model.timeline[-1].note:
        model = models().replace(model, model.noted(told, now()))
    found = (stacks().state(model.model_id), servers)
    return watched(given.asked, shape, found, now(), workflow_settings().start_timeout_minutes)
