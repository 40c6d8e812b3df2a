"""Decides how long to wait before a child that died is started again."""

import signal

WINDOW = 60.0
_FREE, _LONGEST = 2, 30.0


def delay(deaths: list[float], now: float) -> float:
    """At once for the first deaths within the window, then 1, 2, 4 ... up to 30 seconds."""
    recent = sum(1 for moment in deaths if now - moment <= WINDOW)
    return 0.0 if recent <= _FREE else min(2.0 ** (recent - _FREE - 1), _LONGEST)


def cause(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
