"""Workflow step ForgetRepository: nothing of it is left, so its row goes. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import forget_repository
from kernel.workflow import step
from repositories.wiring import rows


@step(Work)
def handler(work: Work) -> None:
    forget_repository(rows(), work)
