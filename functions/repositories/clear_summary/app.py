"""Workflow step ClearSummary: nothing that steps left for each other stays. Safe to repeat."""

from context.owning import Making, is_ours
from context.wiring import notebook
from kernel.workflow import step
from repositories.wiring import rows


@step(Making)
def handler(given: Making) -> None:
    if is_ours(rows(), given):
        notebook().clear(given.summary_id)
