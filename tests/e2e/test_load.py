"""Some people at once, doing everything: what they were told is there is there afterwards."""

from typing import Any

import pytest

from local.supervisor.state import State
from tests.bench.load.accounting import losses, waiting
from tests.bench.load.ledger import Ledger, by_kind
from tests.bench.load.level import run
from tests.bench.load.limits import LONGEST
from tests.bench.load.people import crowd
from tests.e2e.library import Library


@pytest.mark.promise("local.load-test")
def test_nothing_is_lost_when_people_do_everything_at_once(
    product: dict[str, Any], product_state: State
) -> None:
    ledger, before = Ledger(), waiting(product)
    with Library(product).made() as library, crowd(product, 10, library, ledger) as people:
        level = run(people, 10.0, ledger, product_state)
        assert losses(product, ledger, library, before) == []
    assert by_kind(level.calls).keys() == LONGEST.keys()
    assert [call for call in level.calls if call.fault] == []
    assert level.cpu["gateway"] > 0
