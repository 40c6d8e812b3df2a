"""Workflow step CompleteDocument: the document is found, and others learn of it."""

from ingestion.ending import complete
from ingestion.ownership import Work
from kernel.workflow import step
from repositories.wiring import documents


@step(Work)
def handler(given: Work) -> None:
    complete(documents(), given)
