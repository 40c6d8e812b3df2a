"""POST /session/{sessionId}/messages: new messages, and the session with the first of them."""

from kernel.clock import now
from kernel.http import Caller, api
from sessions.payload import AddMessages
from sessions.picture import Album
from sessions.views import RevisionsView, revision
from sessions.wiring import pictures, sessions
from sessions.writing import add_messages


@api(role="user", body=AddMessages, status=201)
def handler(command: AddMessages, caller: Caller, session_id: str) -> RevisionsView:
    album = Album(pictures(), caller.subject, session_id)
    stored = add_messages(sessions(), album, command, now())
    return {"messages": [revision(one) for one in stored]}
