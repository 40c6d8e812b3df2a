"""GET /repository/{repositoryId}: one repository; its database to administrators only."""

from catalogue.shown import RepositoryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import repository_for
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller, repository_id: str) -> RepositoryView:
    return repository_for(rows(), caller, repository_id, now()).view(caller.admin)
