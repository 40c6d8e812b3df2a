"""Two tabs that write one session at once lose nothing, in whichever order their steps happen."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.errors import ConflictError
from sessions.message import Message
from sessions.payload import AddMessages, UpdateMessage
from sessions.picture import Album
from sessions.session import Session
from sessions.writing import add_messages, found, update_message
from tests.support.picture_world import InMemoryPictures
from tests.support.session_world import AT, SESSION_ID, InMemorySessions, answer, message_id, told

OWNER = "ada"
type Step = Callable[[], object]


class Interleaved(InMemorySessions):
    """A table that lets the other tab go first, now and then, between a read and a write."""

    def __init__(self, pauses: list[bool]) -> None:
        super().__init__()
        self._pauses = iter(pauses)
        self._acting: list[Iterator[Step]] = []
        self.tabs: list[Iterator[Step]] = []

    def some(self, session: Session, message_ids: Collection[str]) -> dict[str, Message]:
        read = super().some(session, message_ids)
        self._pause()
        return read

    def get(self, owner: str, session_id: str) -> Session | None:
        read = super().get(owner, session_id)
        self._pause()
        return read

    def act(self, tab: Iterator[Step]) -> bool:
        """Let a tab do its next step, unless it is within one; return whether it had one."""
        if tab in self._acting:
            return False
        self._acting.append(tab)
        step = next(tab, None)
        if step is not None:
            step()
        self._acting.remove(tab)
        return step is not None

    def run(self, one: Iterator[Step], other: Iterator[Step], turns: list[bool]) -> None:
        self.tabs = [one, other]
        for turn in turns:
            self.act(self.tabs[turn])
        for tab in self.tabs:
            while self.act(tab):
                pass

    def _pause(self) -> None:
        if next(self._pauses, False):
            for tab in self.tabs:
                self.act(tab)


class Tab:
    """Asks and is answered by a stream, several times; what was confirmed is in `stored`."""

    def __init__(self, sessions: InMemorySessions, first: int, rounds: int) -> None:
        self._sessions, self._first, self._rounds = sessions, first, rounds
        self.stored: dict[str, str] = {}
        self.conflicts = 0

    def steps(self) -> Iterator[Step]:
        parent: int | None = None
        for number in range(self._first, self._first + 2 * self._rounds, 2):
            begun = answer(number + 1, number, status="streaming", content="")
            yield self._adds(told(number, parent), begun)
            yield self._writes(number + 1, 1, "half")
            yield self._writes(number + 1, 2, "all", status="complete")
            parent = number + 1

    def _adds(self, *messages: dict[str, Any]) -> Step:
        album = Album(InMemoryPictures(), OWNER, SESSION_ID)

        def step() -> None:
            wish = AddMessages.model_validate_json(json.dumps({"messages": messages}))
            # A request whose answer was lost is sent again.
            for _ in range(2):
                add_messages(self._sessions, album, wish, AT)
            self.stored |= {one["messageId"]: one["content"] for one in messages}

        return step

    def _writes(self, number: int, revision: int, content: str, **more: Any) -> Step:
        wish = UpdateMessage.model_validate({"revision": revision, "content": content} | more)

        def step() -> None:
            session = found(self._sessions, OWNER, SESSION_ID)
            try:
                update_message(self._sessions, session, message_id(number), wish, AT)
            except ConflictError:
                self.conflicts += 1
            else:
                self.stored[message_id(number)] = content

        return step


@settings(deadline=None, max_examples=200)
@given(
    turns=st.lists(st.booleans(), max_size=30),
    pauses=st.lists(st.booleans(), max_size=60),
    rounds=st.tuples(st.integers(1, 3), st.integers(1, 3)),
)
def test_two_tabs_lose_nothing(
    turns: list[bool], pauses: list[bool], rounds: tuple[int, int]
) -> None:
    sessions = Interleaved(pauses)
    one, other = Tab(sessions, 100, rounds[0]), Tab(sessions, 200, rounds[1])
    sessions.run(one.steps(), other.steps(), turns)

    session = found(sessions, OWNER, SESSION_ID)
    stored = {message.message_id: message.text for message in sessions.messages(session)}
    assert stored == one.stored | other.stored
    assert len(stored) == session.message_count == 2 * sum(rounds)
    assert session.total_tokens_used == sum(one.tokens for one in sessions.messages(session))
    assert (one.conflicts, other.conflicts) == (0, 0)
    assert session.active_leaf in stored


@settings(deadline=None)
@given(turns=st.lists(st.booleans(), max_size=10), pauses=st.lists(st.booleans(), max_size=30))
def test_of_two_tabs_that_write_one_answer_each_revision_is_one_tabs(
    turns: list[bool], pauses: list[bool]
) -> None:
    sessions = Interleaved(pauses)
    one, other = Tab(sessions, 100, 1), Tab(sessions, 100, 1)
    sessions.run(one.steps(), other.steps(), turns)

    session = found(sessions, OWNER, SESSION_ID)
    assert session.message_count == 2
    assert sessions.some(session, [message_id(101)])[message_id(101)].revision == 3
    assert one.conflicts + other.conflicts == 2
    assert session.total_tokens_used == 30
