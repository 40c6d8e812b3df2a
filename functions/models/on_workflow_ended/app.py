"""When an execution is aborted or runs out of time, its model's row must not wait for it."""

import json

from pydantic import BaseModel, Field

from kernel.clock import now
from kernel.events import on_notice
from models.ownership import Work, abandon
from models.reasons import ended
from models.wiring import models


class Execution(BaseModel):
    """Our reading of Step Functions' notice: which execution ended, how, and what it was given."""

    execution: str = Field(alias="executionArn")
    status: str
    given: str = Field(alias="input")


@on_notice("aws.states", "Step Functions Execution Status Change", reads=Execution)
def handler(notice: Execution) -> None:
    model_id = json.loads(notice.given)["data"]["model_id"]
    work = Work(model_id=model_id, execution=notice.execution)
    abandon(models(), work, ended(notice.status), now())
