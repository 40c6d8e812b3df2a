"""How long a service's next task waits after one has died."""

FIRST_DELAY = 0.5
LONGEST_DELAY = 15.0
SERVED_LONG_ENOUGH = 10.0


def delay(deaths: int) -> float:
    """The least time between two starts: none at first, then 0.5, 1, 2, ... up to 15 seconds."""
    if deaths <= 0:
        return 0.0
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(deaths - 1, 10))


def wait(deaths: int, served_seconds: float) -> float:
    """What is left of that time when a task dies that has served for a while."""
    return max(0.0, delay(deaths) - served_seconds)


def deaths_after(deaths: int, served_seconds: float) -> int:
    """The length of the streak, which a task that served for long ends."""
    return 0 if served_seconds >= SERVED_LONG_ENOUGH else deaths + 1
