"""GET /repository/collections: the collections of all repositories that the caller may see."""

from catalogue.listing import CollectionsQuery
from catalogue.shown import NamedCollectionsPage, NamedCollectionView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import all_collections_for
from repositories.listing import collections_page
from repositories.wiring import rows


@api(role="user", query=CollectionsQuery)
def handler(query: CollectionsQuery, caller: Caller) -> NamedCollectionsPage:
    found, names = all_collections_for(rows(), caller, now())
    page = collections_page(found, query, "")
    shown: list[NamedCollectionView] = [
        {**one.view(caller.admin), "repositoryName": names[one.repository_id]} for one in page.items
    ]
    return {"collections": shown, "pagination": page.counted, **page.paging}
