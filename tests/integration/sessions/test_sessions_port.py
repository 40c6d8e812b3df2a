"""The table of sessions and of messages: one suite, in DynamoDB and in memory."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from sessions.adapters.dynamo import DynamoSessions
from sessions.message import Message, changed
from sessions.moments import moment
from sessions.ports import Change, LostRaceError, Place, Sessions
from sessions.session import Growth, Session, begun, growth
from tests.integration.sessions.conftest import DAYS, TABLE
from tests.support.session_world import AT, InMemorySessions, a_message


@pytest.fixture(params=["dynamo", "memory"])
def sessions(request: pytest.FixtureRequest, aws: Any) -> Sessions:
    return InMemorySessions() if request.param == "memory" else DynamoSessions(TABLE, DAYS)


def made(
    sessions: Sessions, session_id: str = "session-1", owner: str = "ada", minutes: int = 0
) -> Session:
    """A session with one message, as it is read again."""
    at = AT + timedelta(minutes=minutes)
    first = [a_message(1)]
    sessions.add(begun(owner, session_id, growth(first, None, at)), first)
    found = sessions.get(owner, session_id)
    assert found is not None
    return found


def grow(sessions: Sessions, session: Session, *messages: Message, **how: bool) -> Session:
    sessions.append(session, messages, growth(messages, None, AT), **how)
    found = sessions.get(session.owner, session.session_id)
    assert found is not None
    return found


def ids(messages: Iterator[Message]) -> list[int]:
    return [int(one.message_id[2:]) for one in messages]


def test_a_session_comes_back_with_its_first_message(sessions: Sessions) -> None:
    session = made(sessions)
    assert session.first_human_message == "text 1"
    assert (session.message_count, session.total_tokens_used) == (1, 0)
    assert session.active_leaf == a_message(1).message_id
    assert session.last_updated == session.start_time == moment(AT)
    assert list(sessions.messages(session)) == [a_message(1)]


def test_nobody_finds_the_session_of_another(sessions: Sessions) -> None:
    made(sessions)
    assert sessions.get("bob", "session-1") is None
    assert sessions.latest("bob", 10, None) == []


def test_two_people_may_call_their_sessions_alike(sessions: Sessions) -> None:
    one, other = made(sessions), made(sessions, owner="bob")
    grow(sessions, other, a_message(2, 1))
    assert ids(sessions.messages(one)) == [1]
    assert ids(sessions.messages(other)) == [1, 2]


def test_a_session_is_made_once(sessions: Sessions) -> None:
    made(sessions)
    with pytest.raises(LostRaceError):
        made(sessions)


def test_messages_are_added_with_what_they_bring(sessions: Sessions) -> None:
    usage = {"promptTokens": 3, "completionTokens": 4, "totalTokens": 7}
    session = grow(
        sessions, made(sessions), a_message(3, 1, usage=usage), a_message(2, 1, usage=usage)
    )
    assert (session.message_count, session.total_tokens_used) == (3, 14)
    assert session.active_leaf == a_message(2).message_id
    assert session.first_human_message == "text 1"
    assert ids(sessions.messages(session)) == [1, 2, 3]
    assert ids(sessions.messages(session, a_message(1).message_id)) == [2, 3]
    assert ids(sessions.messages(session, newest_first=True)) == [3, 2, 1]


def test_the_first_words_may_come_later(sessions: Sessions) -> None:
    first = [a_message(1, role="system")]
    sessions.add(begun("ada", "session-1", growth(first, None, AT)), first)
    session = sessions.get("ada", "session-1")
    assert session is not None
    assert grow(sessions, session, a_message(2, 1)).first_human_message == "text 2"


def test_a_message_is_added_once_and_then_nothing_beside_it(sessions: Sessions) -> None:
    session = made(sessions)
    with pytest.raises(LostRaceError):
        grow(sessions, session, a_message(2, 1), a_message(1))
    assert sessions.get("ada", "session-1") == session
    assert ids(sessions.messages(session)) == [1]


def test_in_line_means_behind_the_message_that_was_read(sessions: Sessions) -> None:
    session = made(sessions)
    grow(sessions, session, a_message(2, 1), in_line=True)
    with pytest.raises(LostRaceError):
        grow(sessions, session, a_message(3, 1), in_line=True)
    grow(sessions, session, a_message(4, 1))
    assert ids(sessions.messages(session)) == [1, 2, 4]


def test_some_messages_are_found_by_their_ids(sessions: Sessions) -> None:
    session = grow(sessions, made(sessions), a_message(2, 1), a_message(3, 1))
    wanted = [a_message(number).message_id for number in (1, 3, 9)]
    assert sessions.some(session, wanted) == {
        one.message_id: one for one in (a_message(1), a_message(3, 1))
    }
    assert sessions.some(session, []) == {}


def test_of_two_revisions_of_a_message_one_is_refused(sessions: Sessions) -> None:
    was = a_message(2, 1, status="streaming", role="assistant", content="")
    session = grow(sessions, made(sessions), was)
    now = changed(was, {"content": "first"})
    sessions.replace(session, was, now)
    with pytest.raises(LostRaceError):
        sessions.replace(session, was, changed(was, {"content": "second"}), Growth(AT, tokens=9))
    assert sessions.some(session, [was.message_id]) == {was.message_id: now}
    assert sessions.get("ada", "session-1") == session


def test_a_last_revision_brings_its_tokens(sessions: Sessions) -> None:
    was = a_message(2, 1, status="streaming", role="assistant", content="")
    session = grow(sessions, made(sessions), was)
    later = AT + timedelta(hours=1)
    sessions.replace(session, was, changed(was, {"status": "complete"}), Growth(later, tokens=9))
    found = sessions.get("ada", "session-1")
    assert found is not None
    assert (found.total_tokens_used, found.message_count) == (9, 2)
    assert (found.last_updated, found.active_leaf) == (moment(later), session.active_leaf)


def test_what_an_owner_says_is_kept(sessions: Sessions) -> None:
    session = made(sessions)
    sessions.change(session, Change(name="Plans", pinned=True))
    sessions.change(session, Change(configuration='{"temperature": 0.7}'))
    found = sessions.get("ada", "session-1")
    assert found == session.model_copy(update={"name": "Plans", "pinned": True})
    assert sessions.configuration(session) == {"temperature": 0.7}
    assert ids(sessions.messages(session)) == [1]


def test_the_latest_come_first_page_by_page(sessions: Sessions) -> None:
    for number in range(5):
        made(sessions, f"session-{number}", minutes=number)
    first = sessions.latest("ada", 2, None)
    last = first[-1]
    sessions.remove(last)
    second = sessions.latest("ada", 9, Place(last.last_updated, last.session_id))
    assert [one.session_id for one in first] == ["session-4", "session-3"]
    assert [one.session_id for one in second] == ["session-2", "session-1", "session-0"]


def test_a_new_message_brings_its_session_to_the_front(sessions: Sessions) -> None:
    old = made(sessions, "session-0", minutes=-9)
    made(sessions, "session-1", minutes=-5)
    grow(sessions, old, a_message(2, 1))
    assert [one.session_id for one in sessions.latest("ada", 9, None)] == ["session-0", "session-1"]


def test_a_removed_session_is_gone_at_once(sessions: Sessions) -> None:
    session = made(sessions)
    sessions.remove(session)
    sessions.remove(session)
    assert sessions.get("ada", "session-1") is None
    assert sessions.latest("ada", 9, None) == []
    with pytest.raises(LostRaceError):
        sessions.append(session, [a_message(2)], Growth(AT, count=1))
    with pytest.raises(LostRaceError):
        sessions.change(session, Change(name="late"))
    assert ids(sessions.messages(session)) == [1]


def test_a_session_that_is_made_anew_has_nothing_of_the_old_one(sessions: Sessions) -> None:
    old = made(sessions)
    sessions.change(old, Change(configuration='{"a": 1}'))
    sessions.remove(old)
    new = made(sessions)
    sessions.remove(old)
    sessions.sweep(old.contents)
    assert sessions.get("ada", "session-1") == new
    assert (ids(sessions.messages(new)), ids(sessions.messages(old))) == ([1], [])
    assert (sessions.configuration(new), sessions.configuration(old)) == ({}, {})


def test_whoever_forgets_all_begins_anew(sessions: Sessions) -> None:
    for number in range(30):
        made(sessions, f"session-{number}")
    sessions.forget("ada")
    assert sessions.latest("ada", 9, None) == []
    assert sessions.get("ada", "session-1") is None
    new = made(sessions)
    sessions.sweep_history("ada", 0)
    assert sessions.latest("ada", 9, None) == [new]


def test_the_present_history_is_not_swept(sessions: Sessions) -> None:
    session = made(sessions)
    sessions.sweep_history("ada", 0)
    assert sessions.get("ada", "session-1") == session


def expires(aws: Any) -> set[str]:
    items = aws.scan(TableName=TABLE)["Items"]
    return {item["expires"]["N"] for item in items if "expires" in item}


def test_a_session_is_kept_for_so_long_after_its_last_message(aws: Any) -> None:
    sessions = DynamoSessions(TABLE, DAYS)
    session = made(sessions)

    def in_a_year(at: datetime) -> str:
        return str(int((at + timedelta(days=DAYS)).timestamp()))

    assert expires(aws) == {in_a_year(AT)}
    sessions.append(session, [a_message(2, 1)], Growth(AT + timedelta(days=9), count=1))
    assert expires(aws) == {in_a_year(AT + timedelta(days=9))}


def test_a_session_may_be_kept_for_ever(aws: Any) -> None:
    made(DynamoSessions(TABLE, 0))
    assert expires(aws) == set()
    session = made(DynamoSessions(TABLE, DAYS), "session-2")
    grow(DynamoSessions(TABLE, 0), session, a_message(2, 1))
    assert expires(aws) == set()
