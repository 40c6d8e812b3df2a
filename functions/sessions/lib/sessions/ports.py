"""What the service needs from the world, in its own words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sessions.message import Message
from sessions.session import Growth, Remains, Session


class LostRaceError(Exception):
    """What is stored is not as it was read: read it again, and decide anew."""


@dataclass(frozen=True)
class Place:
    """Where a page of sessions ends: the last one's last activity, and its id."""

    last_updated: str
    session_id: str


@dataclass(frozen=True)
class Change:
    """What an owner says of a session; None leaves it as it is. `configuration` is JSON."""

    name: str | None = None
    pinned: bool | None = None
    active_leaf: str | None = None
    configuration: str | None = None


class Sessions(Protocol):
    """Sessions and their messages. All reads see what was written before them.

    A session is found under its owner alone. Whatever writes is whole or not at all.
    """

    def get(self, owner: str, session_id: str) -> Session | None: ...

    def latest(self, owner: str, size: int, after: Place | None) -> Sequence[Session]:
        """Return so many sessions at most, the latest activity first."""

    def add(self, session: Session, messages: Sequence[Message]) -> None:
        """Make a session with its first messages; LostRaceError if it is there already."""

    def append(
        self, session: Session, messages: Sequence[Message], more: Growth, *, in_line: bool = False
    ) -> None:
        """Add messages to a session.

        LostRaceError if the session is gone or one of the messages is there; `in_line` also if
        another message has become the active one since the session was read.
        """

    def replace(
        self, session: Session, was: Message, now: Message, more: Growth | None = None
    ) -> None:
        """Store a message's next revision and, with it, what it adds to its session.

        LostRaceError if another has stored one.
        """

    def change(self, session: Session, change: Change) -> None:
        """Store what an owner says of a session; LostRaceError if it is gone."""

    def configuration(self, session: Session) -> Mapping[str, Any]:
        """Return what was last stored as the session's configuration."""

    def messages(
        self,
        session: Session | Remains,
        after: str | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[Message]:
        """Yield the messages of a session in the order of their ids, read as they are needed."""

    def some(self, session: Session, message_ids: Collection[str]) -> Mapping[str, Message]:
        """Return those of up to 100 messages that are there, by their ids."""

    def remove(self, session: Session) -> None:
        """Remove a session; its messages are nobody's then, and `sweep` removes them."""

    def forget(self, owner: str) -> None:
        """Begin another history of the owner; `sweep_history` removes the one before."""

    def sweep(self, contents: str) -> None:
        """Remove the messages of a session that is removed."""

    def sweep_history(self, owner: str, history: int) -> None:
        """Remove the sessions of a history that is no longer the owner's."""


class Pictures(Protocol):
    """Pictures by their keys. One that is put and not kept is removed after two days."""

    def put(self, key: str, content: bytes, media_type: str) -> None: ...

    def has(self, key: str) -> bool: ...

    def keep(self, key: str) -> None:
        """Let it stay; nothing happens if it is gone meanwhile. Safe to repeat."""

    def address(self, key: str) -> str:
        """Return an address by which whoever has it reads the picture, for a short while."""

    def remove(self, keys: Sequence[str]) -> None:
        """Remove them; those that are gone are as good. Safe to repeat."""
