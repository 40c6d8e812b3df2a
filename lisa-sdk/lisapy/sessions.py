"""Sessions: conversations that are kept, message by message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.steps import C_co, Group, Items, each, plain

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lisapy.api import types


class Sessions(Group[C_co]):
    """`/session`: the caller's own."""

    page = plain(requests.list_sessions)
    get = plain(requests.get_session)
    update = plain(requests.update_session)
    rename = plain(requests.rename_session)
    delete = plain(requests.delete_session)
    delete_all = plain(requests.delete_sessions)
    attach_image = plain(requests.attach_image)
    page_of_messages = plain(requests.list_messages)
    add_messages = plain(requests.add_messages)
    update_message = plain(requests.update_message)

    @each
    def list(self, **query: Unpack[types.ListSessionsQuery]) -> Items[types.SessionSummaryView]:
        """Yield the sessions, the latest first; `query` finds them by their words."""
        return self._pages(requests.list_sessions(**query), "sessions", "cursor")

    @each
    def messages(
        self, session_id: str, **query: Unpack[types.ListMessagesQuery]
    ) -> Items[types.MessageView]:
        """Yield the messages of a session, page by page as they are needed."""
        return self._pages(requests.list_messages(session_id, **query), "messages", "cursor")
