"""Workflow step CreateStack: start making the repository's database. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import create_stack
from infrastructure.watching import Asked
from infrastructure.wiring import site
from kernel.clock import now
from kernel.workflow import step


@step(Work)
def handler(work: Work) -> Asked:
    return create_stack(site(), work, now())
