"""GET /repository/{repositoryId}/jobs: what became of requests, the latest first."""

from typing import Any

from documents.requests import JobsQuery
from kernel.clock import now
from kernel.http import Caller, api
from repositories.filing import jobs
from repositories.listing import Listed
from repositories.wiring import cabinet


@api(role="user", query=JobsQuery)
def handler(query: JobsQuery, caller: Caller, repository_id: str) -> dict[str, Any]:
    page = jobs(cabinet(), caller, repository_id, query, now())
    pages = Listed(page.items, page.after, query.last_evaluated_key is not None)
    return {"jobs": [job.view() for job in page.items], **pages.paging}
