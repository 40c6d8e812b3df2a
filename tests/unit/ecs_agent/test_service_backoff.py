"""How the scheduler spaces the starts of a service whose tasks die."""

from local.emulator import ecs_backoff


def test_the_pause_doubles_from_half_a_second_to_fifteen() -> None:
    assert [ecs_backoff.delay(deaths) for deaths in range(8)] == [0, 0.5, 1, 2, 4, 8, 15, 15]


def test_a_long_streak_never_waits_longer() -> None:
    assert ecs_backoff.delay(100_000) == ecs_backoff.LONGEST_DELAY


def test_a_task_that_served_for_ten_seconds_ends_the_streak() -> None:
    assert ecs_backoff.deaths_after(5, served_seconds=10) == 0
    assert ecs_backoff.deaths_after(5, served_seconds=9.9) == 6


def test_time_spent_serving_counts_as_waiting() -> None:
    assert ecs_backoff.wait(3, served_seconds=0) == 2
    assert ecs_backoff.wait(3, served_seconds=1.5) == 0.5
    assert ecs_backoff.wait(3, served_seconds=60) == 0
