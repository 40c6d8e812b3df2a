"""GET /session/{sessionId}/messages: all messages, of every branch, the oldest first."""

from kernel.http import Caller, api
from sessions.payload import ListMessages
from sessions.reading import messages_page
from sessions.views import MessagesView
from sessions.wiring import pictures, sessions
from sessions.writing import found


@api(role="user", query=ListMessages)
def handler(query: ListMessages, caller: Caller, session_id: str) -> MessagesView:
    session = found(sessions(), caller.subject, session_id)
    return messages_page(sessions(), session, query, pictures())
