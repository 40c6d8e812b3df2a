"""Workflow step ForgetModel: what was made for the model is gone; so are its key and its row."""

from kernel.workflow import step
from models.ownership import Work, owned
from models.wiring import keys, models
from provider_keys.keeping import removed


@step(Work)
def handler(work: Work) -> None:
    removed(models(), keys(), owned(models(), work))
