"""Sessions as people see them through the API, on the table."""

from typing import Any

import pytest

from tests.integration.sessions.calls import USER, add, ask, contents, ids, listed
from tests.support.session_world import SESSION_ID, answer, message_id, told

pytestmark = pytest.mark.usefixtures("aws")


def test_a_first_message_makes_the_session() -> None:
    reply = add(told(1), answer(2, 1))
    assert reply.status == 201
    assert reply.body == {
        "messages": [{"messageId": message_id(number), "revision": 1} for number in (1, 2)]
    }
    (summary,) = listed().body["sessions"]
    assert summary["sessionId"] == SESSION_ID
    assert (summary["name"], summary["firstHumanMessage"]) == (None, "text 1")
    assert (summary["messageCount"], summary["totalTokensUsed"]) == (2, 30)
    assert summary["startTime"] == summary["createTime"] == summary["lastUpdated"]
    assert summary["lastUpdated"].endswith("Z")
    assert summary["pinned"] is False


@pytest.mark.parametrize("function", ["get_session", "delete_session", "list_messages"])
def test_the_session_of_another_is_not_there(function: str) -> None:
    add(told(1))
    reply = ask(function, user="ada", session_id=SESSION_ID)
    assert (reply.status, reply.body["error"]) == (404, "SessionNotFoundError")
    assert contents() == ["text 1"]


def test_a_session_shows_its_active_branch_as_lisa_does() -> None:
    add(told(1, role="system", content="Be kind."), told(2, 1), answer(3, 2), answer(4, 2))
    reply = ask("update_session", {"activeLeaf": message_id(3)}, session_id=SESSION_ID)
    assert reply.status == 200
    shown = ask("get_session", session_id=SESSION_ID).body
    told_of = [(one["type"], one["content"]) for one in shown["history"]]
    assert told_of == [("system", "Be kind."), ("human", "text 2"), ("ai", "text 3")]
    assert shown["history"][2]["metadata"] == {"modelName": "tiny-chat"}
    assert (shown["sessionId"], shown["userId"]) == (SESSION_ID, USER)
    assert shown["session"]["activeLeaf"] == message_id(3)
    assert shown["session"]["configuration"] == {}
    assert shown["historyTruncated"] is False


def test_what_an_owner_says_of_a_session_is_kept() -> None:
    add(told(1))
    before = listed().body["sessions"][0]["lastUpdated"]
    said = {"name": "  My \n plans ", "pinned": True, "configuration": {"modelArgs": {"n": 1.5}}}
    reply = ask("update_session", said, session_id=SESSION_ID)
    assert (reply.status, reply.body["session"]["name"]) == (200, "My plans")
    shown = ask("get_session", session_id=SESSION_ID).body
    assert (shown["name"], shown["session"]["pinned"]) == ("My plans", True)
    assert shown["session"]["configuration"] == said["configuration"]
    assert shown["session"]["lastUpdated"] == before


@pytest.mark.parametrize(
    "said",
    [
        {"activeLeaf": message_id(9)},
        {"configuration": {"a": "x" * 20_000}},
        {"name": "x" * 101},
        {"pinned": "perhaps"},
    ],
)
def test_what_cannot_be_said_of_a_session_is_refused(said: dict[str, Any]) -> None:
    add(told(1))
    reply = ask("update_session", said, session_id=SESSION_ID)
    assert (reply.status, reply.body["error"]) == (422, "ValidationError")


def test_a_session_is_renamed() -> None:
    add(told(1))
    path = {"session_id": SESSION_ID}
    assert ask("rename_session", {"name": "Plans"}, **path).body["session"]["name"] == "Plans"
    assert listed().body["sessions"][0]["name"] == "Plans"
    for name in ("", "   ", "x" * 101, None):
        assert ask("rename_session", {"name": name}, **path).status == 422


def test_sessions_come_page_by_page() -> None:
    for number in range(5):
        add(told(1), session_id=f"session-000{number}")
    first = listed(pageSize=2)
    second = listed(pageSize=2, cursor=first.body["cursor"])
    third = listed(pageSize=2, cursor=second.body["cursor"])
    assert ids(first) == ["session-0004", "session-0003"]
    assert ids(second) == ["session-0002", "session-0001"]
    assert (ids(third), third.body["cursor"]) == (["session-0000"], None)


@pytest.mark.parametrize("function", ["list_sessions", "list_messages"])
@pytest.mark.parametrize("cursor", ["x", "bm8=", "é", "W10=", "x" * 2001])
def test_a_cursor_of_another_list_is_refused(function: str, cursor: str) -> None:
    add(told(1))
    reply = listed(function, cursor=cursor)
    assert (reply.status, reply.body["details"][0]["field"]) == (422, "cursor")


def test_a_session_id_has_a_form() -> None:
    for session_id in ("short", "x" * 65, "with space", "under_score"):
        assert add(told(1), session_id=session_id).status == 422
        assert ask("get_session", session_id=session_id).status == 404
