"""GET /repository/collections: the collections of all repositories that the caller may see."""

from typing import Any

from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import all_collections_for
from repositories.wiring import rows


@api(role="user")
def handler(caller: Caller) -> dict[str, Any]:
    found = all_collections_for(rows(), caller, now())
    return {"collections": [one.view() for one in found]}
