"""GET /repository/status: how each repository is, by its id."""

from kernel.clock import now
from kernel.http import Caller, api
from repositories.access import repositories_for
from repositories.wiring import rows


@api(role="admin")
def handler(caller: Caller) -> dict[str, str]:
    return {one.repository_id: one.status for one in repositories_for(rows(), caller, now())}
