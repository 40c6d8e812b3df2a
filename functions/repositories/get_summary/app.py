"""GET /summary/{summaryId}: how far a summary of the caller's own is, and its text."""

from context.asking import own_summary
from context.summary import SummaryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller, summary_id: str) -> SummaryView:
    return own_summary(rows(), caller, summary_id, now()).view()
