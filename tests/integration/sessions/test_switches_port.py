"""What is switched off: one suite, in DynamoDB and in memory."""

from typing import Any

import pytest

from sessions.adapters.switches import DynamoSwitches
from sessions.ports import Switches
from tests.integration.sessions.conftest import TABLE
from tests.support.session_world import InMemorySwitches


@pytest.fixture(params=["dynamo", "memory"])
def switches(request: pytest.FixtureRequest, aws: Any) -> Switches:
    return InMemorySwitches() if request.param == "memory" else DynamoSwitches(TABLE)


def test_a_component_is_on_until_something_else_is_heard(switches: Switches) -> None:
    assert switches.is_on("deleteSessionHistory")
    switches.keep(2, {"deleteSessionHistory": False})
    assert not switches.is_on("deleteSessionHistory")
    assert switches.is_on("another")


def test_what_was_said_earlier_is_not_heard_later(switches: Switches) -> None:
    switches.keep(2, {"deleteSessionHistory": False})
    for version in (1, 2):
        switches.keep(version, {"deleteSessionHistory": True})
    assert not switches.is_on("deleteSessionHistory")
    switches.keep(3, {"deleteSessionHistory": True})
    assert switches.is_on("deleteSessionHistory")
