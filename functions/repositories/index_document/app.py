"""Workflow step IndexDocument: the whole document takes the place of its former state at once."""

from ingestion.ownership import Work
from ingestion.steps import Indexing
from ingestion.wiring import documents, places, staging
from kernel.workflow import step


@step(Work)
def handler(given: Work) -> None:
    Indexing(documents(), staging(), places())(given)
