"""GET /repository/{repositoryId}/collection/{collectionId}: one collection."""

from catalogue.shown import CollectionView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import collection_for, repository_for
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller, repository_id: str, collection_id: str) -> CollectionView:
    repository = repository_for(rows(), caller, repository_id, now())
    return collection_for(rows(), caller, repository, collection_id).view(caller.admin)
