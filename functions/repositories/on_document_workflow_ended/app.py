"""When an execution is aborted or runs out of time, its document must not wait for it."""

from ingestion.ownership import Work, abandon
from ingestion.wiring import documents, staging
from kernel.clock import now
from kernel.events import Ended, on_end


@on_end
def handler(notice: Ended) -> None:
    work = Work.model_validate(notice.work)
    if abandon(documents(), work, notice.status, now()):
        staging().clear(work.document_id, work.generation)
