"""GET /session: the caller's sessions, the latest first; with `query` those that have its words."""

from kernel.http import Caller, api
from sessions.payload import ListSessions
from sessions.reading import listed
from sessions.searching import searched
from sessions.views import SessionsView
from sessions.wiring import sessions


@api(role="user", query=ListSessions)
def handler(query: ListSessions, caller: Caller) -> SessionsView:
    answer = listed if query.query is None else searched
    return answer(sessions(), caller.subject, query)
