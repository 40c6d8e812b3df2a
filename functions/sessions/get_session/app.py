"""GET /session/{sessionId}: a session and its active branch, as LISA's clients read it."""

from kernel.http import Caller, api
from sessions.reading import whole
from sessions.views import HistoryView
from sessions.wiring import pictures, sessions
from sessions.writing import found


@api(role="user")
def handler(caller: Caller, session_id: str) -> HistoryView:
    session = found(sessions(), caller.subject, session_id)
    return whole(sessions(), session, caller.username, pictures())
