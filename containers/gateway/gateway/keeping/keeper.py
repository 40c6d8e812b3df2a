"""Reads on where whoever asked has left, and takes the answer to its session."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from gateway.http1.answer import Broken, Silent
from gateway.keeping.transcript import Transcript
from gateway.keeping.wish import Place
from gateway.log import say
from gateway.unavailable import Unavailable
from gateway.usage.record import Tokens

# Who presses Stop says so to the session and hangs up; who closes the tab only hangs up.
PAUSE = 1.0
# Who has heard all hangs up as well, and tells the session what it heard: that may take a while.
PAUSES_AFTER_ALL = 15
# No answer is read on for longer, and no more of them by one worker.
LONGEST_SECONDS = 900.0
MOST_AT_ONCE = 64
TRIES = 3

type Json = Mapping[str, Any]


class Sessions(Protocol):
    """Whoever can ask the sessions."""

    async def keep(self, question: Json) -> Json:
        """Tell a message of a session, or ask whether it still waits. Raises Unavailable.

        The reply's `awaited` is whether the message is there and still streams.
        """


@dataclass(frozen=True, slots=True)
class Leftover:
    """An answer without a reader: `read` hears it to its end, and lets go of it if cancelled.

    `all_said`: whoever left had been sent all that it says.
    """

    place: Place
    transcript: Transcript
    read: Callable[[], Coroutine[Any, Any, None]]
    all_said: bool


class Keeper:
    """One for each worker."""

    def __init__(self, sessions: Sessions, pause: float = PAUSE) -> None:
        self._sessions = sessions
        self._pause = pause
        self._tasks: set[asyncio.Task[None]] = set()

    def read_on(self, leftover: Leftover, settle: Callable[[], Tokens]) -> None:
        """Take over an answer. `settle` is called at its end, and returns its tokens."""
        task = asyncio.get_running_loop().create_task(self._kept(leftover, settle))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def has_room(self) -> bool:
        return len(self._tasks) < MOST_AT_ONCE

    async def close(self, seconds: float) -> None:
        """Keep what has come of each, as far as it came."""
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _kept(self, leftover: Leftover, settle: Callable[[], Tokens]) -> None:
        try:
            wanted = await self._read(leftover)
        finally:
            tokens = settle()
        if wanted:
            await self._tell(leftover, tokens)

    async def _read(self, leftover: Leftover) -> bool:
        """Whether what was read is wanted."""
        reading = asyncio.ensure_future(leftover.read())
        try:
            await asyncio.sleep(self._pause * (PAUSES_AFTER_ALL if leftover.all_said else 1))
            if not await self._awaited(leftover.place):
                return False
            await asyncio.wait_for(reading, LONGEST_SECONDS)
        except (Broken, Silent, TimeoutError, asyncio.CancelledError):
            leftover.transcript.broken = True
        finally:
            reading.cancel()
        return True

    async def _awaited(self, place: Place) -> bool:
        try:
            reply = await self._sessions.keep(place._asdict())
        except Unavailable:
            return True  # Nobody knows: what is read on may still be kept when it has ended.
        return bool(reply.get("awaited"))

    async def _tell(self, leftover: Leftover, tokens: Tokens) -> None:
        question = {**leftover.place._asdict(), "answer": leftover.transcript.told(tokens)}
        for attempt in range(TRIES):
            try:
                await self._sessions.keep(question)
            except Unavailable as outage:
                cause = outage.cause
                await asyncio.sleep(self._pause * 2**attempt)
            else:
                return
        say("answer not kept", cause=cause, fix="See the log of the function that keeps answers.")
