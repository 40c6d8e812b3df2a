"""What the connections of one worker share, and who sends them away."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from gateway.http1.exchange import Exchange

MOST_BODIES = 256 * 1024 * 1024

type App = Callable[[Exchange], Coroutine[Any, Any, None]]


class Guest(Protocol):
    """A connection. `deadline` is in loop time."""

    deadline: float

    @property
    def busy(self) -> bool: ...
    def expire(self) -> None: ...
    def abort(self) -> None: ...
    def close_if_idle(self) -> None: ...


@dataclass
class Patience:
    """Seconds: for a head, for a part of a body, between requests, for one who does not read."""

    head: float = 30.0
    body: float = 60.0
    idle: float = 660.0
    stall: float = 120.0


@dataclass
class Room:
    """Bytes of large bodies that one worker still takes in."""

    left: int

    def take(self, size: int) -> bool:
        """Whether there was room for so many more."""
        if size > self.left:
            return False
        self.left -= size
        return True

    def give(self, size: int) -> None:
        self.left += size


@dataclass
class Hall:
    """What the connections of one worker share."""

    app: App
    patience: Patience = field(default_factory=Patience)
    room: Room = field(default_factory=lambda: Room(MOST_BODIES))
    connections: set[Guest] = field(default_factory=set)
    leaving: bool = False

    def sweep(self, now: float) -> None:
        """Close whoever has had time enough. One look at all of them is cheaper than timers."""
        for connection in [one for one in self.connections if one.deadline <= now]:
            connection.expire()

    def leave(self) -> None:
        """From now on each answer is its connection's last, and idle ones are closed."""
        self.leaving = True
        for connection in list(self.connections):
            connection.close_if_idle()

    def abandon(self) -> None:
        for connection in list(self.connections):
            connection.abort()

    def busy(self) -> bool:
        return any(connection.busy for connection in self.connections)
