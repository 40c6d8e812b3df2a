"""Messages as browsers send and read them through the API, on the table."""

import json
from typing import Any

import pytest

from tests.integration.sessions.calls import USER, add, ask, contents, listed
from tests.support.calling import call
from tests.support.session_world import SESSION_ID, answer, message_id, told

pytestmark = pytest.mark.usefixtures("aws")


def test_a_message_comes_back_as_it_was_sent() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,aGk="}}
    sent = answer(
        1,
        1,
        parentId=None,
        role="assistant",
        content=[{"type": "text", "text": "Grüße 😀"}, picture],
        reasoning="because",
        citations=[{"type": "url_citation", "url_citation": {"title": "a", "score": 0.25}}],
        timing={"firstTokenMs": 12.5, "totalMs": 900.0},
        attachments=[{"name": "a.txt", "mediaType": "text/plain", "tokens": 3, "text": "abc"}],
        parameters={"temperature": 0.7, "stop": ["a", None], "deep": {"n": [1]}},
        error={"code": "Stopped", "message": "It was stopped."},
    )
    assert add(sent).status == 201
    (message,) = listed("list_messages").body["messages"]
    assert message == sent | {"revision": 1}


def test_sending_a_message_again_is_as_good() -> None:
    add(told(1))
    assert add(told(1), told(2, 1)).body["messages"][0]["revision"] == 1
    assert listed().body["sessions"][0]["messageCount"] == 2


def test_sending_a_message_again_is_as_good_when_it_has_streamed_since() -> None:
    first = answer(2, 1, status="streaming", content="")
    add(told(1), first)
    path = {"session_id": SESSION_ID, "message_id": message_id(2)}
    assert ask("update_message", {"revision": 1, "content": "Yes"}, **path).status == 200
    assert add(told(1), first).body["messages"][1]["revision"] == 2
    assert contents() == ["text 1", "Yes"]


def test_another_content_under_a_known_id_is_refused() -> None:
    add(told(1))
    reply = add(told(1, content="other"), told(2, 1))
    assert (reply.status, reply.body["error"]) == (409, "ConflictError")
    assert contents() == ["text 1"]


@pytest.mark.parametrize(
    "messages",
    [
        [told(1, 9)],
        [told(2, 1), told(1)],
        [told(1, 1)],
        [told(1), told(1)],
        [],
        [told(1, role="tool")],
        [told(1, status="streaming")],
        [told(1, messageId="m-1")],
        [told(1, unknown=1)],
        [told(1, content=[{"type": "image_url", "image_url": {"url": "https://x/y.png"}}])],
        [told(number) for number in range(21)],
    ],
)
def test_messages_that_do_not_belong_to_a_tree_are_refused(messages: list[Any]) -> None:
    reply = add(*messages)
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")
    assert reply.body["details"]
    assert listed().body["sessions"] == []


def test_a_message_that_is_too_large_is_refused_with_its_size() -> None:
    reply = add(told(1, content="x" * 350_000))
    assert (reply.status, reply.body["error"]) == (400, "InvalidInputError")
    assert "350,000" in reply.body["message"]
    assert add(told(1, content="x" * 349_000)).status == 201


def test_a_number_that_is_none_is_refused() -> None:
    body = json.dumps({"messages": [told(1, parameters={"a": 1})]}).replace('"a": 1', '"a": NaN')
    reply = call("sessions.add_messages", body=body, user=USER, session_id=SESSION_ID)
    assert reply.status == 400


def test_an_answer_that_streams_is_written_as_it_comes() -> None:
    add(told(1), answer(2, 1, status="streaming", content="", usage=None))
    path = {"session_id": SESSION_ID, "message_id": message_id(2)}
    usage = {"promptTokens": 3, "completionTokens": 4, "totalTokens": 7, "cost": 0.01}

    one = ask("update_message", {"revision": 1, "content": "He"}, **path)
    two = ask(
        "update_message",
        {"revision": 2, "content": "Hello", "usage": usage, "status": "complete"},
        **path,
    )

    assert one.body == {"messageId": message_id(2), "revision": 2}
    assert two.body["revision"] == 3
    message = listed("list_messages").body["messages"][1]
    assert (message["content"], message["status"], message["usage"]) == ("Hello", "complete", usage)
    assert message["model"] == "tiny-chat"
    assert listed().body["sessions"][0]["totalTokensUsed"] == 7


def test_an_old_revision_or_a_final_message_is_not_written() -> None:
    add(told(1), answer(2, 1, status="streaming", content=""))
    path = {"session_id": SESSION_ID, "message_id": message_id(2)}
    ask("update_message", {"revision": 1, "content": "one"}, **path)
    old = ask("update_message", {"revision": 1, "content": "two"}, **path)
    assert (old.status, old.body["error"]) == (409, "ConflictError")
    assert "at revision 2" in old.body["message"]
    assert ask("update_message", {"revision": 2, "status": "stopped"}, **path).status == 200
    late = ask("update_message", {"revision": 3, "content": "more"}, **path)
    assert (late.status, late.body["error"]) == (409, "ConflictError")
    assert contents()[1] == "one"


def test_messages_come_page_by_page() -> None:
    add(*[told(number, number - 1 if number else None) for number in range(5)])
    first = listed("list_messages", pageSize=3).body
    rest = listed("list_messages", pageSize=3, cursor=first["cursor"]).body
    assert [one["content"] for one in first["messages"]] == ["text 0", "text 1", "text 2"]
    assert [one["content"] for one in rest["messages"]] == ["text 3", "text 4"]
    assert rest["cursor"] is None
