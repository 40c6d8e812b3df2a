"""Workflow step ClaimDocument: make this execution the one that works on it. Safe to repeat."""

from ingestion.ownership import Work, claim
from kernel.clock import now
from kernel.workflow import step
from repositories.wiring import documents


@step(Work)
def handler(given: Work) -> None:
    claim(documents(), given, now())
