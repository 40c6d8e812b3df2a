"""DELETE /session: all of the caller's sessions are gone at once, however many."""

from kernel.http import Caller, api
from sessions.switching import require_deletion
from sessions.views import DeletedView
from sessions.wiring import sessions, switches


@api(role="user")
def handler(caller: Caller) -> DeletedView:
    require_deletion(switches())
    sessions().forget(caller.subject)
    return {"deleted": True}
