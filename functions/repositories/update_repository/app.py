"""PUT /repository/{repositoryId}: rename it, say who may see it, and what is indexed by itself."""

from catalogue.repository import RepositoryUpdate
from catalogue.shown import RepositoryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import ready, repository_for
from repositories.founding import updated
from repositories.wiring import ground, rows


@api(role="admin", body=RepositoryUpdate)
def handler(command: RepositoryUpdate, caller: Caller, repository_id: str) -> RepositoryView:
    was = ready(repository_for(rows(), caller, repository_id, now()))
    return updated(ground(), was, command, now()).view(full=True)
