"""Answers whose readers have left, as the gateway tells them."""

from typing import Any

import pytest

from sessions.keeping import Leftover, keep
from sessions.payload import AddMessages, UpdateMessage
from sessions.picture import Album
from sessions.writing import add_messages, found, update_message
from tests.support.picture_world import InMemoryPictures
from tests.support.session_world import AT, SESSION_ID, InMemorySessions, message_id

ANSWER = {"status": "complete", "content": "All of it."}
STREAMING = message_id(2)


@pytest.fixture
def sessions() -> InMemorySessions:
    """A question of Ada's, and an answer that has begun."""
    fields = {"messageId": STREAMING, "parentId": message_id(1), "role": "assistant"}
    asked = {"messageId": message_id(1), "parentId": None, "role": "user", "content": "How much?"}
    messages = [asked | {"status": "complete"}, fields | {"content": "All", "status": "streaming"}]
    table = InMemorySessions()
    wish = AddMessages.model_validate({"messages": messages})
    add_messages(table, Album(InMemoryPictures(), "ada", SESSION_ID), wish, AT)
    return table


def told(answer: dict[str, Any] | None = None, **where: str) -> Leftover:
    place = {"owner": "ada", "session": SESSION_ID, "message": STREAMING} | where
    return Leftover.model_validate(place | {"answer": answer})


def stored(sessions: InMemorySessions) -> dict[str, Any]:
    session = found(sessions, "ada", SESSION_ID)
    document: dict[str, Any] = sessions.some(session, [STREAMING])[STREAMING].document
    return document


def test_an_answer_is_there_on_return(sessions: InMemorySessions) -> None:
    usage = {"promptTokens": 3, "completionTokens": 4, "totalTokens": 7}
    assert keep(sessions, told(), AT)
    assert keep(sessions, told(ANSWER | {"usage": usage}), AT)
    assert (stored(sessions)["content"], stored(sessions)["status"]) == ("All of it.", "complete")
    assert found(sessions, "ada", SESSION_ID).total_tokens_used == 7


def test_a_tab_that_told_more_meanwhile_is_overtaken(sessions: InMemorySessions) -> None:
    wish = UpdateMessage(revision=1, content="All of")
    update_message(sessions, found(sessions, "ada", SESSION_ID), STREAMING, wish, AT)
    assert keep(sessions, told(ANSWER), AT)
    assert stored(sessions)["content"] == "All of it."


def test_one_that_was_stopped_is_not_awaited(sessions: InMemorySessions) -> None:
    wish = UpdateMessage(revision=1, status="stopped")
    update_message(sessions, found(sessions, "ada", SESSION_ID), STREAMING, wish, AT)
    assert not keep(sessions, told(), AT)
    assert not keep(sessions, told(ANSWER), AT)
    assert stored(sessions)["content"] == "All"


@pytest.mark.parametrize(
    "where",
    [{"owner": "bob"}, {"session": "session-0002"}, {"message": message_id(9)}],
)
def test_nobody_elses_messages_are_touched(
    sessions: InMemorySessions, where: dict[str, str]
) -> None:
    assert not keep(sessions, told(ANSWER, **where), AT)
    assert stored(sessions)["status"] == "streaming"
