"""Nobody fills a worker alone, and whoever leaves makes room."""

import pytest

from gateway.crowd import Crowd
from gateway.grants import Caller
from gateway.refusal import Refusal

ADA = Caller("ada", frozenset(), None, token_id="one", subject="token:one")
ADAS_OTHER = Caller("ada", frozenset(), None, token_id="two", subject="token:two")
BOB = Caller("bob", frozenset(), None, subject="sub-bob")


def test_one_caller_more_than_may_be_is_told_when_to_come_again() -> None:
    crowd = Crowd(2)
    with crowd.place(ADA), crowd.place(ADA):
        with pytest.raises(Refusal) as refused, crowd.place(ADA):
            pass
        with crowd.place(BOB), crowd.place(ADAS_OTHER):
            pass
    assert (refused.value.status, refused.value.retry_after) == (429, "1")
    assert "2 requests running" in refused.value.message


def test_whoever_leaves_makes_room_however_it_went() -> None:
    crowd = Crowd(1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), crowd.place(ADA):
            raise ZeroDivisionError
    with crowd.place(ADA):
        pass
    assert crowd._inside == {}
