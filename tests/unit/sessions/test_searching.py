"""Searching one's own sessions: all words, wherever they are, and a part in each call."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.faults import ValidationError
from sessions.message import LARGEST
from sessions.payload import ListSessions
from sessions.ports import Change
from sessions.searching import MOST_BYTES, MOST_SESSIONS, excerpt, searched
from sessions.session import begun, growth
from tests.support.session_world import AT, InMemorySessions, a_message


def filled(*conversations: list[str], **named: str) -> InMemorySessions:
    """Sessions of these texts, the last one the latest; they are called by their numbers."""
    sessions = InMemorySessions()
    for number, texts in enumerate(conversations):
        said = [a_message(index, content=text) for index, text in enumerate(texts)]
        at = AT + timedelta(minutes=number)
        session = begun("ada", f"session-{number:04d}", growth(said, None, at))
        sessions.add(session, said)
        name = named.get(f"n{number}")
        if name:
            sessions.change(session, Change(name=name))
    return sessions


def ask(sessions: InMemorySessions, query: str, **more: Any) -> dict[str, Any]:
    asked = ListSessions.model_validate({"query": query, **more})
    return dict(searched(sessions, "ada", asked))


def everything(sessions: InMemorySessions, query: str, size: int = 50) -> tuple[list[int], int]:
    """The numbers of all hits, and how many calls it took."""
    hits: list[int] = []
    cursor: dict[str, Any] = {}
    for calls in range(1, 1000):
        page = ask(sessions, query, pageSize=size, **cursor)
        hits += [int(one["sessionId"][8:]) for one in page["sessions"]]
        if page["cursor"] is None:
            return hits, calls
        cursor = {"cursor": page["cursor"]}
    raise AssertionError("no end")


def test_all_words_must_be_there_in_any_message() -> None:
    sessions = filled(["An Apple", "and a pear"], ["apple"], ["pear"], ["PEARS, then apples"])
    assert everything(sessions, "apple  PEAR") == ([3, 0], 1)
    assert everything(sessions, "plum") == ([], 1)


def test_a_name_has_words_too() -> None:
    sessions = filled(["apple"], ["pear", "plum"], n0="Fruit of Žofie", n1="Fruit")
    assert everything(sessions, "fruit apple")[0] == [0]
    (hit,) = ask(sessions, "žofie")["sessions"]
    assert (hit["name"], hit["snippet"]) == ("Fruit of Žofie", "apple")
    assert ask(sessions, "fruit plum")["sessions"][0]["snippet"] == "plum"


def test_what_is_attached_is_found_by_its_name() -> None:
    attached = {"name": "lease.pdf", "mediaType": "application/pdf", "tokens": 1, "text": "x"}
    sessions, said = InMemorySessions(), [a_message(1, attachments=[attached])]
    sessions.add(begun("ada", "session-0000", growth(said, None, AT)), said)
    assert everything(sessions, "LEASE.pdf")[0] == [0]


def test_nobody_finds_what_is_of_another() -> None:
    sessions = filled(["apple"])
    asked = ListSessions(query="apple")
    assert searched(sessions, "bob", asked) == {"sessions": [], "cursor": None}


def test_a_snippet_is_a_line_around_the_word() -> None:
    text = "x " * 100 + "the\nneedle here" + " y" * 200
    snippet = ask(filled([text]), "needle")["sessions"][0]["snippet"]
    assert "the needle here" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) < 210
    assert excerpt("short", 0) == "short"


def test_a_long_history_is_searched_part_by_part() -> None:
    sessions = filled(*[["apple"] for _ in range(2 * MOST_SESSIONS + 50)])
    hits, calls = everything(sessions, "plum")
    assert (hits, calls) == ([], 3)
    hits, calls = everything(sessions, "apple", size=100)
    assert hits == sorted(range(2 * MOST_SESSIONS + 50), reverse=True)
    assert calls == 5


def test_a_long_session_is_searched_part_by_part() -> None:
    long = "x" * (LARGEST - 1000)
    texts = ["apple first", *[long for _ in range(20)], "a pear at last"]
    sessions = filled(["pear apple"], texts)
    assert sum(map(len, texts)) > 3 * MOST_BYTES
    hits, calls = everything(sessions, "apple pear")
    assert (hits, calls) == ([1, 0], 4)
    first = ask(sessions, "apple pear")
    assert first["sessions"] == []
    assert everything(sessions, "apple plum")[0] == []


def test_a_session_that_moved_meanwhile_is_not_taken_for_another() -> None:
    long = "x" * (LARGEST - 1000)
    sessions = filled(["pear"], ["apple", *[long for _ in range(10)], "pear"])
    cursor = ask(sessions, "apple pear")["cursor"]
    moved = sessions.get("ada", "session-0001")
    assert moved is not None
    sessions.remove(moved)
    assert ask(sessions, "apple pear", cursor=cursor)["sessions"] == []


def test_a_question_has_a_few_words() -> None:
    with pytest.raises(ValidationError):
        ask(filled(["apple"]), " ".join(f"w{number}" for number in range(21)))


words = st.sampled_from(["ab", "cd", "ef", "gh"])


@settings(deadline=None)
@given(
    conversations=st.lists(st.lists(words, min_size=1, max_size=4), max_size=8),
    query=st.lists(words, min_size=1, max_size=3),
    size=st.integers(1, 5),
)
def test_what_is_found_is_what_has_all_words(
    conversations: list[list[str]], query: list[str], size: int
) -> None:
    sessions = filled(*conversations)
    expected = [n for n, texts in enumerate(conversations) if set(query) <= set(texts)]
    assert everything(sessions, " ".join(query), size)[0] == expected[::-1]
