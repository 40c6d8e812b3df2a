"""Workflow step FailRepository: write down why it could not be made or removed."""

from infrastructure.ending import Ending, failed
from infrastructure.wiring import site
from kernel.clock import now
from kernel.workflow import step


@step(Ending)
def handler(given: Ending) -> None:
    failed(site(), given, now())
