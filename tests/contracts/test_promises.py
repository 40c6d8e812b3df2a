"""What LISA's documents promise is held by a test, or open with a reason; open ones get fewer."""

import pytest

from tests.support.promises import Promise, keepers, promises

# May only become smaller: whoever keeps a promise lowers it.
MOST_OPEN = 2


@pytest.mark.parametrize("promise", [pytest.param(one, id=one.id) for one in promises()])
def test_a_promise_is_held_or_there_is_a_reason(promise: Promise) -> None:
    held = [keeper for keeper in keepers() if promise.id in keeper.promises]
    assert bool(held) is not bool(promise.open)


def test_a_test_holds_only_what_is_promised() -> None:
    known = {promise.id for promise in promises()}
    assert {id for keeper in keepers() for id in keeper.promises} <= known


def test_no_promise_is_listed_twice() -> None:
    ids = [promise.id for promise in promises()]
    assert len(set(ids)) == len(ids)


def test_fewer_promises_are_open_than_before() -> None:
    assert sum(bool(promise.open) for promise in promises()) == MOST_OPEN
