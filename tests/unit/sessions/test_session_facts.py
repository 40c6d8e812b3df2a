"""What is told of sessions: that they are gone, and nothing of what was said in them."""

from kernel.events import Change
from sessions.adapters.items import session_item
from sessions.facts import HistoryCleared, SessionDeleted, facts_of
from sessions.session import begun, growth
from tests.support.session_world import AT, InMemorySessions, a_message


def test_a_session_that_is_removed_is_told_with_its_contents() -> None:
    sessions, first = InMemorySessions(), [a_message(1)]
    session = begun("ada", "session-0001", growth(first, None, AT))
    sessions.add(session, first)
    sessions.remove(session)
    (change,) = sessions.changes
    deleted = SessionDeleted(session_id="session-0001", owner="ada", contents=session.contents)
    assert facts_of(change) == [deleted]
    assert "text" not in deleted.model_dump_json()


def test_a_history_that_is_cleared_is_the_one_before() -> None:
    sessions = InMemorySessions()
    sessions.forget("ada")
    sessions.forget("ada")
    told = [fact for change in sessions.changes for fact in facts_of(change)]
    assert told == [HistoryCleared(owner="ada", history=number) for number in (0, 1)]


def test_of_all_else_nothing_is_told() -> None:
    row = {"kind": "session", "sessionId": "s", "owner": "ada", "contents": "c"}
    message = {"body": "{}", "digest": "d", "revision": 1}
    for before, after in ((None, row), (row, row), (None, message), (message, None)):
        assert facts_of(Change(id="1", before=before, after=after)) == []


def test_the_rows_that_are_spoken_of_say_what_they_are() -> None:
    session = begun("ada", "session-0001", growth([a_message(1)], None, AT))
    assert session_item(session, None)["kind"] == {"S": "session"}
