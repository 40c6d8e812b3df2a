"""What is answered is cut so that it can be sent: by messages, and by bytes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from sessions.branch import MOST_READ, branch
from sessions.errors import ConflictError
from sessions.lisa import add_in_line
from sessions.message import LARGEST, Message
from sessions.payload import LisaMessage, ListMessages
from sessions.picture import Album
from sessions.reading import LARGEST_ANSWER, messages_page, whole
from sessions.session import Session, begun, growth
from tests.support.picture_world import InMemoryPictures
from tests.support.session_world import AT, InMemorySessions, a_message

NONE = InMemoryPictures()
LAMBDA_ANSWERS = 6 * 1024 * 1024


def stored(*messages: Message) -> tuple[InMemorySessions, Session]:
    sessions = InMemorySessions()
    session = begun("ada", "session-0001", growth(messages, None, AT))
    sessions.add(session, messages)
    return sessions, session


def in_line(count: int, content: str) -> list[Message]:
    return [
        a_message(number, number - 1 if number else None, content=content)
        for number in range(count)
    ]


def answered(body: Any) -> int:
    """What a Lambda answers: a body that is a text in JSON."""
    return len(json.dumps({"statusCode": 200, "headers": {}, "body": json.dumps(body)}))


def test_pages_are_cut_by_bytes_and_miss_nothing() -> None:
    sessions, session = stored(*in_line(30, '"\n😀' * 40_000))
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = messages_page(sessions, session, ListMessages.model_validate(cursor), NONE)
        assert answered(page) < LAMBDA_ANSWERS
        seen += [one["messageId"] for one in page["messages"]]
        if page["cursor"] is None:
            break
        cursor = {"cursor": page["cursor"]}
    assert seen == [one.message_id for one in sessions.messages(session)]


def test_the_largest_message_is_a_page() -> None:
    sessions, session = stored(a_message(1, content="\x00" * ((LARGEST - 400) // 6)))
    page = messages_page(sessions, session, ListMessages(), NONE)
    assert len(page["messages"]) == 1
    assert answered(page) < LARGEST_ANSWER


def test_of_a_long_branch_the_end_is_shown() -> None:
    sessions, session = stored(*in_line(30, "x" * 300_000))
    shown = whole(sessions, session, "ada", NONE)
    assert shown["historyTruncated"]
    assert 10 < len(shown["history"]) < 14
    assert shown["history"][-1]["messageId"] == a_message(29).message_id
    assert answered(shown) < LAMBDA_ANSWERS


def test_a_branch_is_followed_whatever_the_order_of_the_ids() -> None:
    sessions, session = stored(a_message(5), a_message(3, 5), a_message(4, 3), a_message(1, 5))
    session = session.model_copy(update={"active_leaf": a_message(4).message_id})
    shown = whole(sessions, session, "ada", NONE)
    assert [one["content"] for one in shown["history"]] == ["text 5", "text 3", "text 4"]
    assert not shown["historyTruncated"]


def test_a_branch_is_read_no_further_than_it_goes() -> None:
    sessions, session = stored(*in_line(3, "old"), a_message(7, content="new"), a_message(8, 7))
    read: list[str] = []

    class Watched(InMemorySessions):
        def messages(self, *asked: Any, **how: Any) -> Iterator[Message]:
            for one in sessions.messages(*asked, **how):
                read.append(one.message_id)
                yield one

    assert [one.text for one in branch(Watched(), session).messages] == ["new", "text 8"]
    assert read == [a_message(8).message_id, a_message(7).message_id]


def test_of_a_branch_beyond_all_bounds_the_end_is_read() -> None:
    messages = in_line(MOST_READ // 300_000 + 5, "x" * 300_000)
    found = branch(*stored(*messages))
    assert not found.whole
    assert found.messages[-1].message_id == messages[-1].message_id
    assert 100 < len(found.messages) < len(messages)


def test_what_is_too_long_to_be_compared_is_not_told_twice() -> None:
    sessions, _ = stored(*in_line(MOST_READ // 300_000 + 5, "x" * 300_000))
    told = [LisaMessage(type="human", content="Hello")]
    with pytest.raises(ConflictError, match="POST /session"):
        add_in_line(sessions, Album(NONE, "ada", "session-0001"), told, AT)


def test_a_circle_is_walked_once() -> None:
    sessions, session = stored(a_message(1, 2), a_message(2, 1))
    found = branch(sessions, session)
    assert len(found.messages) == 2
    assert not found.whole
