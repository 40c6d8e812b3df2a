"""POST /repository: register a database, which is asked for real before the answer."""

from typing import Any

from catalogue.repository import RepositoryRequest
from kernel.clock import now
from kernel.http import Caller, api
from repositories.founding import founded
from repositories.wiring import ground


@api(role="admin", body=RepositoryRequest)
def handler(command: RepositoryRequest, caller: Caller) -> dict[str, Any]:
    return founded(ground(), command, caller, now()).view(full=True)
