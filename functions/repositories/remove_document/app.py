"""Workflow step RemoveDocument: from the store, then its object, then its row. Safe to repeat."""

from ingestion.ending import Removing
from ingestion.ownership import Work
from kernel.workflow import step
from repositories.wiring import documents, files, places


@step(Work)
def handler(given: Work) -> None:
    Removing(documents(), files(), places())(given)
