"""A long fetch says how far it is."""

import pytest

from serving.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_line_comes_every_ten_seconds(clock: Clock) -> None:
    said: list[str] = []
    progress = Progress(48 * 10**9, said.append, clock)
    for _ in range(25):
        clock.seconds += 1
        progress.fetched(10**9)
    assert said == ["Fetched 10.0 of 48.0 GB, 1.00 GB/s.", "Fetched 20.0 of 48.0 GB, 1.00 GB/s."]


def test_what_was_there_earlier_does_not_count_as_speed(clock: Clock) -> None:
    progress = Progress(48 * 10**9, print, clock)
    progress.kept(40 * 10**9)
    clock.seconds = 4
    progress.fetched(8 * 10**9)
    assert progress.line() == "Fetched 48.0 of 48.0 GB, 40.0 GB of it earlier, 2.00 GB/s."


def test_a_small_model_is_told_in_megabytes(clock: Clock) -> None:
    progress = Progress(8_300_000, print, clock)
    clock.seconds = 2
    progress.fetched(8_300_000)
    assert progress.line() == "Fetched 8.3 of 8.3 MB, 4.15 MB/s."
