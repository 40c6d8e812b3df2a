"""When an execution is aborted or runs out of time, its document must not wait for it."""

import json

from pydantic import BaseModel, Field

from ingestion.ownership import Work, abandon
from ingestion.wiring import documents, staging
from kernel.clock import now
from kernel.events import on_notice


class Execution(BaseModel):
    """Our reading of Step Functions' notice: which execution ended, how, and what it was given."""

    execution: str = Field(alias="executionArn")
    status: str
    given: str = Field(alias="input")


@on_notice("aws.states", "Step Functions Execution Status Change", reads=Execution)
def handler(notice: Execution) -> None:
    about = json.loads(notice.given)["data"]
    work = Work.model_validate(about | {"execution": notice.execution})
    if abandon(documents(), work, notice.status, now()):
        staging().clear(work.document_id, work.generation)
