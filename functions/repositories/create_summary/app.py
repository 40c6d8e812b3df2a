"""POST /summary: ask for the summary of the caller's own file; GET /summary/{id} tells of it."""

from context.asking import Asking
from context.summary import SummaryRequest, SummaryView
from context.wiring import chat_models
from ingestion.wiring import files
from kernel.clock import now
from kernel.http import Caller, api
from repositories.settings import settings
from repositories.switching import require_summaries
from repositories.wiring import rows, switches


@api(role="user", body=SummaryRequest, status=202)
def handler(command: SummaryRequest, caller: Caller) -> SummaryView:
    require_summaries(switches())
    asking = Asking(rows(), files(), chat_models(), settings().documents_bucket)
    return asking(command, caller, now()).view()
