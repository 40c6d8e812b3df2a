"""PUT /session/{sessionId}: what the owner says of it; from LISA's clients all messages, too."""

from kernel.clock import now
from kernel.http import Caller, api
from sessions.changing import update_session
from sessions.payload import UpdateSession
from sessions.picture import Album
from sessions.views import ChangedSessionView, summary
from sessions.wiring import pictures, sessions


@api(role="user", body=UpdateSession)
def handler(command: UpdateSession, caller: Caller, session_id: str) -> ChangedSessionView:
    album = Album(pictures(), caller.subject, session_id)
    session = update_session(sessions(), album, command, now())
    return {"session": summary(session)}
