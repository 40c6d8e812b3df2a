"""Workflow step CompleteDocument: the document is found, and others learn of it."""

from ingestion.ending import complete
from ingestion.ownership import Work
from ingestion.wiring import documents
from kernel.workflow import step


@step(Work)
def handler(given: Work) -> None:
    complete(documents(), given)
