"""The two ends of a balanced connection. A target that dies before it answered is exchanged.

A process that is being killed still accepts connections for some moments and drops them then.
Whoever called in these moments is passed on to the next target, with the bytes sent so far.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from local.balancer.splice import End

if TYPE_CHECKING:
    from collections.abc import Callable

# Later than that, a target has probably begun to work on what it was sent.
MOMENTS = 1.0
MOST_REMEMBERED = 64 * 1024
MOST_TARGETS = 5


class Caller(End):
    """The connection of somebody who calls the load balancer."""

    def __init__(self, welcome: Callable[[Caller], None]) -> None:
        super().__init__()
        self._welcome = welcome
        self._said: bytearray | None = bytearray()
        self._met_at = 0.0
        self._targets_met = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a target."""
        super().connection_made(transport)
        self._welcome(self)

    def data_received(self, data: bytes) -> None:
        """Remember the beginning, until it is answered."""
        if self._said is not None:
            self._said += data
            if len(self._said) > MOST_REMEMBERED:
                self._said = None
        super().data_received(data)

    def meet(self, target: Target) -> None:
        """Become one with a target, and tell it what an earlier one was told."""
        if target.transport is None or self.transport is None or self.transport.is_closing():
            target.hang_up()
            return
        self._met_at = asyncio.get_running_loop().time()
        self._targets_met += 1
        target.join(self)
        self.join(target)
        if self._said:
            target.transport.write(bytes(self._said))
        if self.finished:
            target.transport.write_eof()

    def was_answered(self) -> None:
        """From here on, this target is the one."""
        self._said = None

    def may_meet_another(self) -> bool:
        """Whether the target was lost so early that another one can take over."""
        since = asyncio.get_running_loop().time() - self._met_at
        alive = self.transport is not None and not self.transport.is_closing()
        return alive and bool(self._said) and since < MOMENTS and self._targets_met < MOST_TARGETS

    def lose_target(self) -> None:
        """Ask for another one."""
        self.other = None
        if self.transport is not None:
            self.transport.pause_reading()
        self._welcome(self)


class Target(End):
    """The connection to a target."""

    def data_received(self, data: bytes) -> None:
        """The first byte of an answer binds the caller to this target."""
        if isinstance(self.other, Caller):
            self.other.was_answered()
        super().data_received(data)

    def eof_received(self) -> bool:
        """A target that ends without an answer is exchanged."""
        return False if self._exchange() else super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """So is one that breaks."""
        if not self._exchange():
            super().connection_lost(exc)

    def hang_up(self) -> None:
        """Nobody needs this connection any more."""
        if self.transport is not None:
            self.transport.close()

    def _exchange(self) -> bool:
        caller = self.other
        if not isinstance(caller, Caller) or not caller.may_meet_another():
            return False
        self.other = None
        caller.lose_target()
        return True
