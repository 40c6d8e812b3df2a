"""Workflow step ParseDocument: from the object to staged chunks, in batches. Safe to repeat."""

from ingestion.ownership import Work
from ingestion.steps import Parsing
from kernel.workflow import step
from repositories.wiring import documents, files, places, reader, staging


@step(Work)
def handler(given: Work) -> dict[str, list[int]]:
    parsing = Parsing(documents(), files(), staging(), reader(), places())
    return {"batches": parsing(given)}
