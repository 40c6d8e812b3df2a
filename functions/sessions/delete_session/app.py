"""DELETE /session/{sessionId}: it is gone at once, its messages soon after."""

from kernel.http import Caller, api
from sessions.views import DeletedView
from sessions.wiring import deletion, sessions
from sessions.writing import found


@api(role="user")
def handler(caller: Caller, session_id: str) -> DeletedView:
    deletion()
    sessions().remove(found(sessions(), caller.subject, session_id))
    return {"deleted": True}
