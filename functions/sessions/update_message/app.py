"""PUT /session/{sessionId}/messages/{messageId}: what has come of an answer that streams."""

from kernel.clock import now
from kernel.http import Caller, api
from sessions.payload import UpdateMessage
from sessions.views import RevisionView, revision
from sessions.wiring import sessions
from sessions.writing import found, update_message


@api(role="user", body=UpdateMessage)
def handler(
    command: UpdateMessage, caller: Caller, session_id: str, message_id: str
) -> RevisionView:
    session = found(sessions(), caller.subject, session_id)
    return revision(update_message(sessions(), session, message_id, command, now()))
