"""When a dead child is started again."""

import signal

import pytest

from local.supervisor.restarts import WINDOW, cause, delay


def test_the_first_deaths_are_answered_at_once() -> None:
    assert delay([100.0], now=100.0) == 0.0
    assert delay([90.0, 100.0], now=100.0) == 0.0


def test_a_crash_loop_is_slowed_down_step_by_step() -> None:
    deaths = [100.0 + step for step in range(9)]
    waits = [delay(deaths[: count + 1], now=deaths[count]) for count in range(9)]
    assert waits == [0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_old_deaths_are_forgiven() -> None:
    long_ago = [float(moment) for moment in range(10)]
    assert delay([*long_ago, 500.0], now=500.0 + WINDOW / 2) == 0.0


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (-signal.SIGKILL, "SIGKILL"),
        (-signal.SIGSEGV, "SIGSEGV"),
        (3, "exit code 3"),
        (-99, "signal 99"),
    ],
)
def test_a_death_is_named(code: int, words: str) -> None:
    assert cause(code) == words
