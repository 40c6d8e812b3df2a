"""DELETE /repository/{repositoryId}: nobody sees it from now on; what is in it is removed after."""

from typing import Any

from catalogue.repository import RepositoryRemoval
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import repository_for
from repositories.collecting import closed
from repositories.wiring import rows


@api(role="admin", query=RepositoryRemoval)
def handler(query: RepositoryRemoval, caller: Caller, repository_id: str) -> dict[str, Any]:
    repository = repository_for(rows(), caller, repository_id, now())
    return closed(rows(), repository, query.store_is_lost, now()).view(full=True)
