"""Workflow step RemoveStack: start removing the repository's database. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import remove_stack
from kernel.workflow import step
from repositories.wiring import site


@step(Work)
def handler(work: Work) -> None:
    remove_stack(site(), work)
