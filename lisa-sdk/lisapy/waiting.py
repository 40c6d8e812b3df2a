"""Waiting for what takes its time: looked at again after growing pauses."""

from __future__ import annotations

import time
from typing import Callable, TypeVar

from lisapy.errors import WaitFailed
from lisapy.steps import Pause, Steps

T = TypeVar("T")

_FIRST, _GROWTH, _LONGEST = 0.5, 1.4, 10.0


def until(
    look: Callable[[], Steps[T]],
    settled: Callable[[T], bool],
    within: float,
    what: str,
    clock: Callable[[], float] = time.monotonic,
) -> Steps[T]:
    """Look until it has settled; WaitFailed after `within` seconds."""
    deadline, pause = clock() + within, _FIRST
    while not settled(found := (yield from look())):
        if clock() + pause > deadline:
            raise WaitFailed(f"{what} has not settled within {within:g} s. It may still do so.")
        yield Pause(pause)
        pause = min(pause * _GROWTH, _LONGEST)
    return found
