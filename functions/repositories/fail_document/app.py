"""Workflow step FailDocument: write down why a document was not ingested, or not removed."""

from ingestion.ending import Failing
from ingestion.ownership import Work
from ingestion.wiring import documents, places
from kernel.workflow import Caught, step


class Ending(Work):
    """The document, and the error that ended the work on it."""

    error: Caught


@step(Ending)
def handler(given: Ending) -> None:
    Failing(documents(), places())(given, given.error)
