"""Workflow step PlanSummary: cut an attachment into parts that fit the model. Safe to repeat."""

from context.making import Planning, Round
from context.owning import Making
from kernel.workflow import step
from repositories.settings import settings
from repositories.wiring import files, notebook, rows


@step(Making)
def handler(given: Making) -> Round:
    planning = Planning(rows(), files(), notebook(), settings().documents_bucket)
    return planning(given)
