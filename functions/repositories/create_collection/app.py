"""POST /repository/{repositoryId}/collection: a collection with its own model, cuts and groups."""

from catalogue.collection import CollectionRequest
from catalogue.shown import CollectionView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import ready, repository_for
from repositories.collecting import made
from repositories.errors import told_to
from repositories.wiring import ground, rows


@api(role="curator", body=CollectionRequest)
def handler(command: CollectionRequest, caller: Caller, repository_id: str) -> CollectionView:
    repository = ready(repository_for(rows(), caller, repository_id, now()))
    with told_to(caller):
        return made(ground(), repository, command, caller, now()).view(caller.admin)
