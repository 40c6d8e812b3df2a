"""Workflow step FailRepository: write down why it could not be made or removed."""

from infrastructure.ending import Ending, failed
from kernel.clock import now
from kernel.workflow import step
from repositories.wiring import site


@step(Ending)
def handler(given: Ending) -> None:
    failed(site(), given, now())
