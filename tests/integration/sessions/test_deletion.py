"""What is deleted is gone at once, and surely removed afterwards."""

from typing import Any

import pytest

from sessions.wiring import use
from tests.integration.sessions.calls import USER, add, ask, ids, listed
from tests.integration.sessions.conftest import TABLE
from tests.support.calling import authorized, invoke
from tests.support.session_world import SESSION_ID, told
from tests.support.switching import InMemorySwitches

pytestmark = pytest.mark.usefixtures("aws")


def test_a_deleted_session_is_gone() -> None:
    add(told(1))
    assert ask("delete_session", session_id=SESSION_ID).body == {"deleted": True}
    assert listed().body["sessions"] == []
    for function in ("get_session", "list_messages", "delete_session"):
        assert ask(function, session_id=SESSION_ID).status == 404


def test_all_sessions_are_gone_at_once_but_not_those_of_others() -> None:
    add(told(1))
    body = {"messages": [told(1)]}
    ask("add_messages", body, user="ada", session_id=SESSION_ID)
    assert ask("delete_sessions").body == {"deleted": True}
    assert listed().body["sessions"] == []
    assert ids(listed(user="ada")) == [SESSION_ID]


def test_an_administrator_may_switch_deletion_off() -> None:
    add(told(1))
    with use(switches=InMemorySwitches("deleteSessionHistory")):
        one, every = ask("delete_session", session_id=SESSION_ID), ask("delete_sessions")
    for reply in (one, every):
        assert (reply.status, reply.body["error"]) == (403, "FeatureOffError")
        assert reply.body["message"].startswith("An administrator has switched")
    assert ids(listed()) == [SESSION_ID]


def fact(detail_type: str, **data: Any) -> dict[str, Any]:
    about = {"id": "1", "occurred_at": "2026-11-30T12:00:00Z", "correlation_id": "c", "data": data}
    return {"source": "sessions", "detail-type": detail_type, "detail": about}


def remains(row: dict[str, Any]) -> dict[str, str]:
    names = {"owner": "owner", "session_id": "sessionId", "contents": "contents"}
    return {name: row[there]["S"] for name, there in names.items()}


def test_what_is_nobodys_is_removed(aws: Any) -> None:
    for number in range(3):
        add(told(1), told(2, 1), session_id=f"session-000{number}")
    ask("delete_sessions", user=USER)
    kept = {item["sk"]["S"]: item for item in aws.scan(TableName=TABLE)["Items"]}
    places = [remains(item) for item in kept.values() if "contents" in item]
    owner = authorized(USER)["sub"]
    for _ in range(2):
        invoke("sessions.on_history_cleared", fact("HistoryCleared.v1", owner=owner, history=0))
        for one in places:
            invoke("sessions.on_session_deleted", fact("SessionDeleted.v1", **one))
    assert len(places) == 3
    (left,) = aws.scan(TableName=TABLE)["Items"]
    assert left["kind"] == {"S": "history"}
