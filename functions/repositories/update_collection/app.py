"""PUT /repository/{repositoryId}/collection/{collectionId}: change all but its model."""

from catalogue.collection import CollectionUpdate
from catalogue.shown import CollectionView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import opened
from repositories.collecting import changed
from repositories.wiring import rows


@api(role="curator", body=CollectionUpdate)
def handler(
    command: CollectionUpdate, caller: Caller, repository_id: str, collection_id: str
) -> CollectionView:
    _, was = opened(rows(), caller, repository_id, collection_id, now())
    return changed(rows(), was, command, caller, now()).view(caller.admin)
