"""DELETE /repository/{repositoryId}/collection/{collectionId}: what is in it is removed after."""

from catalogue.shown import CollectionView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import collection_for, repository_for
from repositories.collecting import withdrawn
from repositories.wiring import rows


@api(role="curator")
def handler(caller: Caller, repository_id: str, collection_id: str) -> CollectionView:
    repository = repository_for(rows(), caller, repository_id, now())
    collection = collection_for(rows(), caller, repository, collection_id)
    return withdrawn(rows(), collection, now()).view(caller.admin)
