"""Workflow step CheckWeights: find out now, not in half an hour, if nothing is there."""

from kernel.workflow import step
from models.errors import WeightsMissing
from models.ownership import Work, owned
from models.wiring import models, weights


@step(Work)
def handler(work: Work) -> None:
    prefix = owned(models(), work).config.model_name
    if not weights().exist(prefix):
        raise WeightsMissing(weights().bucket, prefix)
