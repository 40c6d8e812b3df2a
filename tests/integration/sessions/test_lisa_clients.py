"""LISA's own clients: they send the whole conversation each time, and nothing of it is lost."""

from typing import Any

import pytest

from sessions.lisa import message_id
from tests.support.calling import Reply, call
from tests.support.session_world import SESSION_ID, answer, told

pytestmark = pytest.mark.usefixtures("aws")
LONG = [("human" if number % 2 == 0 else "ai", f"{number}") for number in range(130)]


def put(*said: tuple[str, Any], **more: Any) -> Reply:
    messages = [{"type": kind, "content": text, "metadata": {"x": 1}} for kind, text in said]
    body = {"messages": messages, **more}
    return call("sessions.update_session", body=body, user="bob", session_id=SESSION_ID)


def history() -> list[tuple[str, str]]:
    shown = call("sessions.get_session", user="bob", session_id=SESSION_ID).body
    return [(one["type"], one["content"]) for one in shown["history"]]


def count() -> int:
    reply = call("sessions.get_session", user="bob", session_id=SESSION_ID)
    return int(reply.body["session"]["messageCount"])


@pytest.mark.promise("chat.lisas-clients")
def test_a_conversation_that_is_told_is_there() -> None:
    configuration = {"sessionConfiguration": {"streaming": True}, "selectedModel": {"modelId": "m"}}
    reply = put(("human", "Hello"), configuration=configuration, name=None)
    assert (reply.status, reply.body["session"]["firstHumanMessage"]) == (200, "Hello")
    put(("human", "Hello"), ("ai", "Hi"), configuration=configuration, name="")
    assert history() == [("human", "Hello"), ("ai", "Hi")]
    shown = call("sessions.get_session", user="bob", session_id=SESSION_ID).body
    assert shown["session"]["configuration"] == configuration


def test_told_again_it_is_there_once() -> None:
    for _ in range(2):
        put(("human", "Hello"), ("ai", "Hi"))
    assert count() == 2
    assert put().status == 200
    assert count() == 2


def test_where_it_differs_a_branch_begins_and_nothing_is_removed() -> None:
    put(("human", "Hello"), ("ai", "Hi"), ("human", "Thanks"))
    put(("human", "Hello"), ("ai", "Good day"))
    assert history() == [("human", "Hello"), ("ai", "Good day")]
    assert count() == 4


def test_a_long_conversation_is_told_at_once() -> None:
    assert put(*LONG).status == 200
    assert history() == LONG


def test_pictures_are_kept_and_shown() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}}
    text = {"type": "text", "text": "What is it?"}
    put(("human", [text, picture]))
    put(("human", [text, picture]), ("ai", "A cat"))
    assert history() == [("human", [text, picture]), ("ai", "A cat")]
    page = call("sessions.list_messages", user="bob", session_id=SESSION_ID).body
    assert page["messages"][0]["content"] == [text, picture]


def test_our_own_messages_and_theirs_are_one_conversation() -> None:
    body = {"messages": [told(1, content="Hello"), answer(2, 1, content="Hi")]}
    call("sessions.add_messages", body=body, user="bob", session_id=SESSION_ID)
    put(("human", "Hello"), ("ai", "Hi"), ("human", "Thanks"))
    assert history() == [("human", "Hello"), ("ai", "Hi"), ("human", "Thanks")]
    assert count() == 3


def test_ids_sort_by_their_time_and_have_the_form_of_a_ulid() -> None:
    times = [0, 1, 31, 32, 1_469_922_850_259, 2**48 - 1]
    made = [message_id(one) for one in times]
    assert made == sorted(made)
    assert {len(one) for one in made} == {28}
    assert made[4][2:12] == "01ARZ3NDEK"
