"""GET /repository/{repositoryId}/collection: those of its collections that the caller may see."""

from catalogue.listing import CollectionsQuery
from catalogue.shown import CollectionsPage
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import collections_for, repository_for
from repositories.listing import collections_page
from repositories.wiring import rows


@api(role="user", query=CollectionsQuery)
def handler(query: CollectionsQuery, caller: Caller, repository_id: str) -> CollectionsPage:
    repository = repository_for(rows(), caller, repository_id, now())
    page = collections_page(collections_for(rows(), caller, repository), query, repository_id)
    shown = [one.view(caller.admin) for one in page.items]
    return {"collections": shown, "pagination": page.counted, **page.paging}
