"""Workflow step ClearStaging: nothing that steps left for each other stays."""

from pydantic import BaseModel

from ingestion.wiring import staging
from kernel.workflow import step


class Staged(BaseModel):
    """Whose staging, by document and generation."""

    document_id: str
    generation: int


@step(Staged)
def handler(given: Staged) -> None:
    staging().clear(given.document_id, given.generation)
