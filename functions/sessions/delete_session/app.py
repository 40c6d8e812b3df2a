"""DELETE /session/{sessionId}: it is gone at once, its messages soon after."""

from kernel.http import Caller, api
from sessions.switching import require_deletion
from sessions.views import DeletedView
from sessions.wiring import sessions, switches
from sessions.writing import found


@api(role="user")
def handler(caller: Caller, session_id: str) -> DeletedView:
    require_deletion(switches())
    sessions().remove(found(sessions(), caller.subject, session_id))
    return {"deleted": True}
