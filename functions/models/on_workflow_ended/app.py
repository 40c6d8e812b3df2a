"""When an execution is aborted or runs out of time, its model's row must not wait for it."""

from kernel.clock import now
from kernel.events import Ended, on_end
from models.ownership import Work, abandon
from models.reasons import ended
from models.wiring import models


@on_end
def handler(notice: Ended) -> None:
    work = Work.model_validate(notice.work)
    abandon(models(), work, ended(notice.status), now())
