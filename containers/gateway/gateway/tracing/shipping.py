"""Traces on their way to whoever keeps them: a bounded queue, batches, patience with outages."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from gateway.log import say
from gateway.tracing.spans import Span

MOST_WAITING = 2000
# X-Ray takes 50 documents at once.
BATCH = 50
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

type OneTrace = Sequence[Span]


class Undelivered(Exception):
    """The receiver could not be asked; `cause` names the reason, without address or key."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Receiver(Protocol):
    async def send(self, traces: Sequence[OneTrace]) -> int:
        """How many were taken; the others are malformed in its eyes. May raise Undelivered."""


class Shipper:
    """`sent` and `dropped` count traces. The oldest is dropped first."""

    def __init__(self, receiver: Receiver, most_waiting: int = MOST_WAITING) -> None:
        self._receiver = receiver
        self._waiting: deque[OneTrace] = deque()
        self._most = most_waiting
        self._pause = 0.0
        self._not_before = 0.0
        self.sent = 0
        self.dropped = 0

    def offer(self, trace: OneTrace) -> None:
        self._waiting.append(trace)
        if len(self._waiting) > self._most:
            self._waiting.popleft()
            self.dropped += 1

    async def ship(self) -> None:
        """Send what waits, unless the receiver needs a pause."""
        while self._waiting and time.monotonic() >= self._not_before:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            try:
                taken = await self._receiver.send(batch)
            except Undelivered as error:
                self._keep(batch, error)
            else:
                self._delivered(len(batch), taken)

    async def end(self, patience: float) -> None:
        """Send what is left for so many seconds; what is left then is dropped."""
        self._not_before = 0.0
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ship(), patience)
        self.dropped += len(self._waiting)
        self._waiting.clear()

    def _delivered(self, offered: int, taken: int) -> None:
        if self._pause:
            say("traces are delivered again")
        self._pause = 0.0
        self.sent += taken
        self.dropped += offered - taken

    def _keep(self, batch: list[OneTrace], error: Undelivered) -> None:
        if not self._pause:
            say("traces undelivered", cause=error.cause, effect="kept for a while")
        self._pause = min(2 * self._pause or FIRST_PAUSE, LONGEST_PAUSE)
        self._not_before = time.monotonic() + self._pause
        self._waiting.extendleft(reversed(batch))
