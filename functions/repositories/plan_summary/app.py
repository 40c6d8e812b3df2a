"""Workflow step PlanSummary: cut an attachment into parts that fit the model. Safe to repeat."""

from context.owning import Making
from context.planning import Planning
from context.rounds import Round
from context.wiring import notebook, opening
from kernel.workflow import step
from repositories.settings import settings
from repositories.wiring import rows


@step(Making)
def handler(given: Making) -> Round:
    planning = Planning(rows(), opening(), notebook(), settings().documents_bucket)
    return planning(given)
