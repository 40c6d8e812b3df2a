"""When an execution is aborted or runs out of time, its repository must not wait for it."""

import json

from pydantic import BaseModel, Field

from infrastructure.ending import abandoned
from infrastructure.ownership import Work
from infrastructure.wiring import site
from kernel.clock import now
from kernel.events import on_notice


class Execution(BaseModel):
    """Our reading of Step Functions' notice: which execution ended, how, and what it was given."""

    execution: str = Field(alias="executionArn")
    status: str
    given: str = Field(alias="input")


@on_notice("aws.states", "Step Functions Execution Status Change", reads=Execution)
def handler(notice: Execution) -> None:
    repository_id = json.loads(notice.given)["data"]["repository_id"]
    work = Work(repository_id=repository_id, execution=notice.execution)
    abandoned(site(), work, notice.status, now())
