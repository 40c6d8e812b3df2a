"""GET /repository/{repositoryId}/jobs: what became of requests, the latest first."""

from documents.job import totals
from documents.requests import JobsQuery
from documents.shown import JobsPage
from ingestion.wiring import cabinet
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import jobs
from repositories.listing import Listed


@api(role="user", query=JobsQuery)
def handler(query: JobsQuery, caller: Caller, repository_id: str) -> JobsPage:
    page = jobs(cabinet(), caller, repository_id, query, now())
    pages = Listed(page.items, page.after, query.last_evaluated_key is not None)
    shown = [job.view() for job in page.items]
    return {"jobs": shown, "totals": totals(page.items), **pages.paging}
