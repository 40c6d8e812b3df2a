"""The load generator sees what a gateway does to a stream."""

import pytest

from tests.bench.gateway import frames
from tests.bench.gateway.orders import Tally
from tests.bench.gateway.reader import Events

OWNER = 7


def told(*events: bytes) -> tuple[Tally, Events]:
    tally = Tally(expected=2)
    reading = Events(2, OWNER, tally)
    reading.begin(asked=1000)
    for part in events:
        reading.feed(part, now=1500)
    return tally, reading


def event(number: int, owner: int = OWNER) -> bytes:
    return frames.event(owner, number, waited=200, sent=1400)


def test_a_whole_stream_is_sound_however_it_was_cut() -> None:
    written = event(0) + event(1) + frames.STOP + frames.usage(2) + frames.DONE
    for size in (1, 50, len(written)):
        parts = [written[at : at + size] for at in range(0, len(written), size)]
        tally, reading = told(*parts)
        assert (tally.received, tally.damaged, reading.ended) == (2, 0, True)


def test_times_are_the_gateways_and_not_the_upstreams() -> None:
    tally, _ = told(event(0))
    assert list(tally.first) == [1500 - 1000 - 200]
    assert list(tally.transit) == [1500 - 1400]


def test_an_event_written_anew_keeps_its_stamp() -> None:
    content = frames.event(1, 2, 3, 4).partition(b'"content":"')[2].partition(b'"')[0]
    anew = b'data: {"choices": [{"delta": {"content": "' + content + b'", "role": "assistant"}}]}'
    assert frames.stamp_of(anew) == frames.Stamp(1, 2, 3, 4)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(event(1), id="one was lost before it"),
        pytest.param(event(0, owner=8), id="somebody else's"),
        pytest.param(event(0).replace(b"t=0", b"t=x"), id="an unreadable stamp"),
        pytest.param(b'data: {"choices": \n\n', id="half an event"),
        pytest.param(b"<html>\n\n", id="no event at all"),
    ],
)
def test_a_damaged_event_is_counted(wrong: bytes) -> None:
    tally, _ = told(wrong)
    assert tally.damaged >= 1


def test_a_stream_that_ends_too_early_has_not_ended() -> None:
    tally, reading = told(event(0), frames.STOP, frames.DONE)
    assert not reading.ended
    assert tally.expected - tally.received == 1
