"""DELETE /repository/{repositoryId}: nobody sees it from now on; what is in it is removed after."""

from catalogue.repository import RepositoryRemoval
from catalogue.shown import RepositoryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import repository_for
from repositories.collecting import closed
from repositories.wiring import rows


@api(role="admin", query=RepositoryRemoval)
def handler(query: RepositoryRemoval, caller: Caller, repository_id: str) -> RepositoryView:
    repository = repository_for(rows(), caller, repository_id, now())
    return closed(rows(), repository, query.store_is_lost, now()).view(full=True)
