"""Workflow step RemoveStack: start removing the repository's database. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import remove_stack
from infrastructure.wiring import site
from kernel.workflow import step


@step(Work)
def handler(work: Work) -> None:
    remove_stack(site(), work)
