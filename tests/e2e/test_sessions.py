"""Conversations: kept message by message, found again by their owner alone, and removed."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.client import Admin, aws, eventually

TABLE = "LISASessionsTable"


def message_id(number: int) -> str:
    return f"m-{number:026d}"


def question(number: int, parent: int | None = None, **changes: Any) -> dict[str, Any]:
    usual = {
        "messageId": message_id(number),
        "parentId": None if parent is None else message_id(parent),
        "role": "user",
        "content": f"question {number}",
        "status": "complete",
        "createdAt": datetime.now(UTC).isoformat(),
    }
    return usual | changes


def answer(number: int, parent: int, **changes: Any) -> dict[str, Any]:
    return question(number, parent, role="assistant", content="", status="streaming", **changes)


def add(person: Admin, session: str, *messages: dict[str, Any]) -> Any:
    status, reply = person.call("POST", f"{session}/messages", {"messages": messages})
    assert status == 201, reply
    return reply


def messages(person: Admin, session: str) -> list[dict[str, Any]]:
    status, reply = person.call("GET", f"{session}/messages")
    assert status == 200, reply
    return list(reply["messages"])


def listed(person: Admin, query: str = "") -> list[dict[str, Any]]:
    status, reply = person.call("GET", f"/session{query}")
    assert status == 200, reply
    return list(reply["sessions"])


@pytest.mark.promise("chat.continues-anywhere")
def test_an_answer_that_streams_is_there_when_its_tab_is_closed(
    person: Admin, session: str
) -> None:
    add(person, session, question(1), answer(2, 1))
    path = f"{session}/messages/{message_id(2)}"
    status, reply = person.call("PUT", path, {"revision": 1, "content": "Half an an"})
    assert (status, reply["revision"]) == (200, 2)

    found = messages(person, session)
    assert [one["content"] for one in found] == ["question 1", "Half an an"]
    assert (found[1]["status"], found[1]["revision"]) == ("streaming", 2)

    done = {"revision": 2, "content": "Half an answer", "status": "complete"}
    usage = {"promptTokens": 5, "completionTokens": 7, "totalTokens": 12}
    assert person.call("PUT", path, done | {"usage": usage})[0] == 200
    status, reply = person.call("PUT", path, {"revision": 3, "content": "more"})
    assert (status, reply["error"]) == (409, "ConflictError")
    first = listed(person)[0]
    assert (first["messageCount"], first["totalTokensUsed"]) == (2, 12)
    assert f"/session/{first['sessionId']}" == session


def test_tabs_that_write_at_once_lose_nothing(person: Admin, session: str) -> None:
    add(person, session, question(0))

    def tab(number: int) -> None:
        first = 100 * number
        add(person, session, question(first, 0))
        for one in range(first + 1, first + 6):
            add(person, session, question(one, one - 1))

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(tab, range(1, 5)))

    expected = [0, *[100 * tab + one for tab in range(1, 5) for one in range(6)]]
    assert [one["messageId"] for one in messages(person, session)] == list(
        map(message_id, expected)
    )
    assert listed(person)[0]["messageCount"] == len(expected)


@pytest.mark.promise("chat.sessions")
def test_a_session_is_named_shown_and_found(person: Admin, session: str) -> None:
    word = secrets.token_hex(6)
    add(person, session, question(1, content=f"Where is the {word} of Zürich?"))
    assert person.call("PUT", f"{session}/name", {"name": "Zürich"})[0] == 200
    assert person.call("PUT", session, {"configuration": {"modelArgs": {"n": 1}}})[0] == 200

    status, shown = person.call("GET", session)
    assert (status, shown["name"]) == (200, "Zürich")
    assert shown["history"][0]["type"] == "human"
    assert shown["session"]["configuration"] == {"modelArgs": {"n": 1}}
    (hit,) = listed(person, f"?query={quote(f'ZÜRICH {word.upper()}')}")
    assert word in hit["snippet"]
    assert listed(person, f"?query={word}{word}") == []


@pytest.mark.promise("chat.lisas-clients")
def test_a_client_of_lisa_keeps_its_conversation(person: Admin, session: str) -> None:
    said: list[dict[str, Any]] = [{"type": "human", "content": "Hello"}]
    for kind, text in (("ai", "Hi"), ("human", "Thanks"), ("ai", "Welcome")):
        status, reply = person.call("PUT", session, {"messages": said, "configuration": {}})
        assert status == 200, reply
        said.append({"type": kind, "content": text})
    shown = person.call("GET", session)[1]
    assert [(one["type"], one["content"]) for one in shown["history"]] == [
        (one["type"], one["content"]) for one in said[:3]
    ]


@pytest.mark.promise("chat.owners-alone")
def test_nobody_sees_the_session_of_another(
    product: dict[str, Any], person: Admin, session: str
) -> None:
    add(person, session, question(1))
    other = Admin(product)
    for method, path in (("GET", session), ("GET", f"{session}/messages"), ("DELETE", session)):
        status, reply = other.call(method, path)
        assert (status, reply["error"]) == (404, "SessionNotFoundError")
    assert session not in [f"/session/{one['sessionId']}" for one in listed(other)]
    assert len(messages(person, session)) == 1


def rows(product: dict[str, Any], word: str) -> int:
    """How many rows of the table say a word, in whatever they keep."""
    dynamodb = aws(product, "dynamodb")
    (table,) = (one for one in dynamodb.list_tables()["TableNames"] if one.endswith(TABLE))
    pages = dynamodb.get_paginator("scan").paginate(TableName=table)
    return sum(word in json.dumps(item) for page in pages for item in page["Items"])


def test_a_deleted_session_is_gone_at_once_and_its_messages_soon(
    product: dict[str, Any], person: Admin, session: str
) -> None:
    word = secrets.token_hex(8)
    add(person, session, *[question(number, content=word) for number in range(20)])
    assert rows(product, word) == 21

    assert person.call("DELETE", session) == (200, {"deleted": True})

    assert person.call("GET", session)[0] == 404
    assert person.call("GET", f"{session}/messages")[0] == 404
    eventually(lambda: rows(product, word) == 0 or None, within=60)


@pytest.mark.promise("chat.deletes-all")
def test_all_sessions_are_gone_at_once_and_their_messages_soon(
    product: dict[str, Any], person: Admin, session: str
) -> None:
    word = secrets.token_hex(8)
    for number in range(5):
        add(person, f"{session}-{number}", question(1, content=word))

    assert person.call("DELETE", "/session") == (200, {"deleted": True})

    assert listed(person) == []
    add(person, session, question(1))
    eventually(lambda: rows(product, word) == 0 or None, within=60)
    assert len(listed(person)) == 1


def test_an_administrator_may_switch_deletion_off(
    product: dict[str, Any], person: Admin, session: str
) -> None:
    admin = Admin(product)
    saved = admin.call("GET", "/configuration?configScope=global")[1][0]["configuration"]
    components = saved["enabledComponents"] | {"deleteSessionHistory": False}
    add(person, session, question(1))
    try:
        body = {"configuration": saved | {"enabledComponents": components}}
        assert admin.call("PUT", "/configuration/global", body)[0] == 200
        for path in (session, "/session"):
            status, reply = person.call("DELETE", path)
            assert (status, reply["error"]) == (403, "FeatureOffError")
        assert len(messages(person, session)) == 1
    finally:
        admin.call("PUT", "/configuration/global", {"configuration": saved})
    assert person.call("DELETE", session)[0] == 200
