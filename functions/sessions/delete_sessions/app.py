"""DELETE /session: all of the caller's sessions are gone at once, however many."""

from kernel.http import Caller, api
from sessions.views import DeletedView
from sessions.wiring import deletion, sessions


@api(role="user")
def handler(caller: Caller) -> DeletedView:
    deletion()
    sessions().forget(caller.subject)
    return {"deleted": True}
