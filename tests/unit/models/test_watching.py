"""How far a model is on its way to a shape, and when to give up."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnosis import Evidence, StoppedTask
from models.errors import Diagnosed
from models.model import Shape
from models.ports import Servers
from models.watching import Asked, Watched, still_there, watched
from stacks.state import Failure, Found, pause
from tests.support.model_payloads import NOON, hosted

ASKED = Asked(digest="new", since=NOON)
SERVING, STOPPED = hosted().wanted, Shape(hosted().config, serving=False)
STANDING = Found(digest="new", outputs={"Endpoint": "http://m.internal"})
UP = Servers(running=1, settled=True, healthy=True)
NO_ROOM = (Failure("Group", "AWS::AutoScaling::AutoScalingGroup", "CREATE_FAILED", "no room"),)


def look(
    stack: Found | None, servers: Servers, shape: Shape = SERVING, minutes: float = 1
) -> Watched:
    at = NOON + timedelta(minutes=minutes)
    return watched(ASKED, shape, (stack, servers), at, patience=45)


def code(stack: Found | None, servers: Servers = UP, minutes: float = 1) -> str:
    with pytest.raises(Diagnosed) as raised:
        look(stack, servers, minutes=minutes)
    assert raised.value.reason.message
    assert raised.value.reason.fix
    return raised.value.reason.code


def test_a_healthy_server_of_a_stack_that_stands_is_to_be_asked() -> None:
    found = look(STANDING, UP)
    assert (found.ready, found.to_be_asked, found.api_base) == (True, True, "http://m.internal/v1")


def test_a_stopped_model_has_no_servers_and_nobody_to_ask() -> None:
    found = look(STANDING, Servers(), STOPPED)
    assert (found.ready, found.to_be_asked) == (True, False)
    assert not look(STANDING, UP, STOPPED).ready


@pytest.mark.parametrize(
    ("stack", "servers"),
    [
        (Found(digest="new", moving=True), UP),
        (Found(digest="old", moving=True), UP),
        (STANDING, Servers(running=1, settled=True)),
        (STANDING, Servers(running=2, healthy=True)),
        (STANDING, Servers()),
    ],
)
def test_what_may_still_come_is_waited_for(stack: Found, servers: Servers) -> None:
    assert not look(stack, servers).ready


def test_a_stack_that_fails_or_takes_a_change_back_is_no_more_waited_for() -> None:
    assert code(Found(digest="new", failed=True, trouble=NO_ROOM)) == "StackFailed"
    assert code(Found(digest="old", trouble=NO_ROOM)) == "StackFailed"
    assert code(Found(digest="old")) == "StackFailed"
    assert code(None) == "StackFailed"


def test_a_rollback_to_what_is_asked_for_is_where_it_shall_be() -> None:
    assert look(Found(digest="new", trouble=NO_ROOM), UP).ready


def test_what_servers_say_counts_while_the_stack_is_still_made() -> None:
    died = StoppedTask("Essential container in task exited", exit_code=1)
    twice = Servers(evidence=Evidence(stopped_tasks=(died, died)))
    assert code(Found(digest="new", moving=True), twice) == "ServerDied"


def test_nobody_waits_for_ever() -> None:
    starting = Servers(running=1, settled=True)
    assert not look(STANDING, starting, minutes=45).ready
    assert code(STANDING, starting, minutes=46) == "StartTimedOut"


def test_what_is_there_is_there_however_late() -> None:
    assert look(STANDING, UP, minutes=46).ready


def test_how_a_server_ends_that_is_stopped_is_no_failure() -> None:
    ended = StoppedTask("Essential container in task exited", exit_code=143)
    stopping = Servers(running=1, evidence=Evidence(stopped_tasks=(ended, ended)))
    assert not look(STANDING, stopping, STOPPED).ready
    with pytest.raises(Diagnosed) as late:
        look(STANDING, stopping, STOPPED, minutes=46)
    assert late.value.reason.code == "StopTimedOut"


def test_a_stack_that_is_to_go_is_asked_until_it_is_leaving() -> None:
    assert still_there(STANDING)
    assert still_there(Found(moving=True))
    assert not still_there(Found(moving=True, leaving=True))
    assert not still_there(None)
    with pytest.raises(Diagnosed) as stuck:
        still_there(Found(leaving=True, failed=True, trouble=NO_ROOM))
    assert stuck.value.reason.code == "StackNotDeleted"
    assert "no room" in stuck.value.reason.message


@given(st.floats(0, 1e6))
def test_looks_are_never_more_than_a_quarter_of_a_minute_apart(seconds: float) -> None:
    assert 1 <= pause(timedelta(seconds=seconds)) <= 15
