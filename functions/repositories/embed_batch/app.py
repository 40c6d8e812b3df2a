"""Workflow step EmbedBatch: from some staged chunks to their vectors. Safe to repeat."""

from ingestion.ownership import Work
from ingestion.steps import Embedding
from ingestion.wiring import documents, embedder, places, staging
from kernel.workflow import step


class Batch(Work):
    """The document, and which of its batches."""

    batch: int


@step(Batch)
def handler(given: Batch) -> None:
    Embedding(documents(), staging(), embedder(), places())(given, given.batch)
