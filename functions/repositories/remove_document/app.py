"""Workflow step RemoveDocument: from the store, then its object, then its row. Safe to repeat."""

from ingestion.ending import Removing
from ingestion.ownership import Work
from ingestion.wiring import documents, files, places
from kernel.workflow import step


@step(Work)
def handler(given: Work) -> None:
    Removing(documents(), files(), places())(given)
