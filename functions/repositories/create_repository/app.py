"""POST /repository: register a database, which is asked for real before the answer."""

from catalogue.repository import RepositoryRequest
from catalogue.shown import RepositoryView
from kernel.clock import now
from kernel.http import Caller, api
from repositories.founding import founded
from repositories.wiring import ground


@api(role="admin", body=RepositoryRequest)
def handler(command: RepositoryRequest, caller: Caller) -> RepositoryView:
    return founded(ground(), command, caller, now()).view(full=True)
