"""Workflow step ParseDocument: from the object to staged chunks, in batches. Safe to repeat."""

from ingestion.ownership import Work
from ingestion.steps import Parsing
from ingestion.wiring import documents, embedder, files, places, reader, staging
from kernel.workflow import step


@step(Work)
def handler(given: Work) -> dict[str, list[int]]:
    parsing = Parsing(documents(), files(), staging(), reader(), embedder(), places())
    return {"batches": parsing(given)}
