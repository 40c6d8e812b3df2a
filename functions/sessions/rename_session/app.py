"""PUT /session/{sessionId}/name: what a session is called."""

from kernel.http import Caller, api
from sessions.changing import store
from sessions.payload import RenameSession
from sessions.ports import Change
from sessions.views import ChangedSessionView, summary
from sessions.wiring import sessions
from sessions.writing import found


@api(role="user", body=RenameSession)
def handler(command: RenameSession, caller: Caller, session_id: str) -> ChangedSessionView:
    session = found(sessions(), caller.subject, session_id)
    return {"session": summary(store(sessions(), session, Change(name=command.name)))}
