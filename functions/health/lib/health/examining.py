"""All checks at once, each given the same few seconds. Pure, but for the clock and threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from time import monotonic
from typing import Literal

from pydantic import BaseModel

from health.ports import Probe, Trouble

type Verdict = Literal["ok", "failed"]

# API Gateway waits for 29 seconds; a monitor for less.
PATIENCE = 8.0


class Check(BaseModel):
    """One thing: `reason` and `fix` are there if it failed."""

    name: str
    status: Verdict
    milliseconds: int
    reason: str | None = None
    fix: str | None = None


class Health(BaseModel):
    """Everything: failed if anything is."""

    status: Verdict
    deployment: str
    version: str
    checks: list[Check]


def examined(probes: Sequence[Probe], patience: float = PATIENCE) -> list[Check]:
    """Ask all at once; whoever has not answered after `patience` seconds has failed."""
    pool = ThreadPoolExecutor(max_workers=max(1, len(probes)))
    began = monotonic()
    try:
        asked = [(probe, pool.submit(_timed, probe.look)) for probe in probes]
        return [_check(probe, future, began + patience) for probe, future in asked]
    finally:
        # What hangs ends by its own time limit.
        pool.shutdown(wait=False, cancel_futures=True)


def _timed(look: Callable[[], None]) -> tuple[float, Trouble | None]:
    began = monotonic()
    try:
        look()
    except Trouble as trouble:
        return monotonic() - began, trouble
    return monotonic() - began, None


def _check(probe: Probe, asked: "Future[tuple[float, Trouble | None]]", until: float) -> Check:
    try:
        seconds, trouble = asked.result(timeout=max(0.0, until - monotonic()))
    except TooLate:
        seconds = PATIENCE
        trouble = Trouble(
            "It did not answer in time.",
            "Look at the network's way there (endpoints, security groups) and at its own health.",
        )
    milliseconds = round(seconds * 1000)
    if trouble is None:
        return Check(name=probe.name, status="ok", milliseconds=milliseconds)
    return Check(
        name=probe.name,
        status="failed",
        milliseconds=milliseconds,
        reason=trouble.reason,
        fix=trouble.fix,
    )
