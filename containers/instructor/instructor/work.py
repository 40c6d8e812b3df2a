"""One model, one thread: requests wait in line for it, and not too many of them."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from instructor.asked import Asked, Refused
from instructor.encoder import Encoder

MOST_WAITING = 64
FRESH_SECONDS = 30.0


class Work:
    """Computes vectors, and knows when it last did."""

    def __init__(self, encoder: Encoder, now: Callable[[], float] = time.monotonic) -> None:
        self._encoder, self._now = encoder, now
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="encoder")
        self._waiting = 0
        self._answered = float("-inf")

    async def embed(self, asked: Asked) -> tuple[list[list[float]], int]:
        """The vectors, and how many tokens were read. Raises Refused."""
        if self._waiting >= MOST_WAITING:
            message = f"{MOST_WAITING} requests are waiting already. Try again in a moment."
            raise Refused(message, status=429)
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._thread, self._compute, asked)
        finally:
            self._waiting -= 1
        self._answered = self._now()
        return answer

    async def answers(self, patience: float) -> bool:
        """Whether the model computes: it just did, or does so now within `patience` seconds."""
        if self._now() - self._answered < FRESH_SECONDS:
            return True
        try:
            await asyncio.wait_for(self.embed(Asked(["a"])), patience)
        except (asyncio.TimeoutError, Refused):
            return False
        return True

    def _compute(self, asked: Asked) -> tuple[list[list[float]], int]:
        counts = self._encoder.count([asked.instruction + text for text in asked.texts])
        for index, count in enumerate(counts):
            if count > self._encoder.longest:
                raise Refused(
                    f"Text {index} has {count} tokens with its instruction, and this model reads "
                    f"at most {self._encoder.longest} tokens. Split it.",
                    "input",
                )
        return self._encoder.encode(asked.texts, asked.instruction), sum(counts)
