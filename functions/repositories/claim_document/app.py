"""Workflow step ClaimDocument: make this execution the one that works on it. Safe to repeat."""

from ingestion.ownership import Work, claim
from ingestion.wiring import documents
from kernel.clock import now
from kernel.workflow import step


@step(Work)
def handler(given: Work) -> None:
    claim(documents(), given, now())
