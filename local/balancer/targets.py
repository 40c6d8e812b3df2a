"""The living targets of one load balancer, taken in turns."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

type Address = tuple[str, int]


class Targets:
    """Who may be called now. `change` wakes the callers that wait for somebody."""

    def __init__(self) -> None:
        self._addresses: tuple[Address, ...] = ()
        self._turn = 0
        self._changed = asyncio.Event()

    @property
    def addresses(self) -> tuple[Address, ...]:
        """The present targets."""
        return self._addresses

    def change(self, addresses: Iterable[Address]) -> None:
        """Replace the targets."""
        ordered = tuple(sorted(set(addresses)))
        if ordered != self._addresses:
            self._addresses = ordered
            self._changed.set()
            self._changed = asyncio.Event()

    def in_turn(self) -> tuple[Address, ...]:
        """All targets, beginning with the one whose turn it is."""
        if not self._addresses:
            return ()
        start = self._turn % len(self._addresses)
        self._turn += 1
        return self._addresses[start:] + self._addresses[:start]

    async def another(self, patience: float) -> None:
        """Return when the targets have changed, or after `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._changed.wait()
        except TimeoutError:
            return
