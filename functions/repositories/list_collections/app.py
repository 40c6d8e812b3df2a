"""GET /repository/{repositoryId}/collection: those of its collections that the caller may see."""

from typing import Any

from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import collections_for, repository_for
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller, repository_id: str) -> dict[str, Any]:
    repository = repository_for(rows(), caller, repository_id, now())
    found = collections_for(rows(), caller, repository)
    return {"collections": [one.view() for one in found]}
