"""GET /repository: the repositories that the caller may see."""

from catalogue.shown import RepositoryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import repositories_for
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller) -> list[RepositoryView]:
    return [one.view(caller.admin) for one in repositories_for(rows(), caller, now())]
