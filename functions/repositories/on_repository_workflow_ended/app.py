"""When an execution is aborted or runs out of time, its repository must not wait for it."""

from infrastructure.ending import abandoned
from infrastructure.ownership import Work
from infrastructure.wiring import site
from kernel.clock import now
from kernel.events import Ended, on_end


@on_end
def handler(notice: Ended) -> None:
    work = Work.model_validate(notice.work)
    abandoned(site(), work, notice.status, now())
