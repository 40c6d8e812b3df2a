"""Whether a model comes up, and why not."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.diagnosis import Watched, failure_of, pause, reason_of, watched
from models.errors import (
    FAILURES,
    Failure,
    ImageUnavailable,
    ServerDied,
    StackFailed,
    StartTimedOut,
    WeightsMissing,
)
from models.ports import Servers, Stack, StoppedTask
from tests.support.model_payloads import NOON, hosted

STANDING = Stack(outputs={"Endpoint": "http://m.internal"})
DIED = StoppedTask("Essential container in task exited", 137, "OutOfMemoryError: CUDA")
UNPULLED = StoppedTask("CannotPullContainerError: no such image")
STOPPED_BY_ECS = StoppedTask("Scaling activity initiated by deployment")


def look(servers: Servers, stack: Stack = STANDING, minutes: float = 1) -> Watched:
    return watched(hosted(), stack, servers, NOON + timedelta(minutes=minutes), 45)


def failure(servers: Servers, stack: Stack = STANDING, minutes: float = 1) -> Failure:
    with pytest.raises(Failure) as raised:
        look(servers, stack, minutes)
    return raised.value


def test_a_healthy_server_of_a_stack_that_stands_is_ready() -> None:
    found = look(Servers(healthy=True))
    assert (found.ready, found.api_base) == (True, "http://m.internal/v1")


@pytest.mark.parametrize(
    ("servers", "stack"),
    [
        (Servers(), Stack()),
        (Servers(), STANDING),
        (Servers(healthy=True), Stack()),
        (Servers(stopped=(DIED,)), STANDING),
        (Servers(stopped=(STOPPED_BY_ECS,) * 5), STANDING),
    ],
)
def test_what_may_still_come_up_is_waited_for(servers: Servers, stack: Stack) -> None:
    assert not look(servers, stack).ready


@pytest.mark.parametrize(
    ("servers", "stack", "minutes", "expected", "words"),
    [
        (Servers(stopped=(UNPULLED,)), STANDING, 1, ImageUnavailable, "^no such image\n"),
        (Servers(stopped=(DIED, DIED)), STANDING, 1, ServerDied, "code 137. .*OutOfMemoryError"),
        (Servers(given_up="circuit breaker"), STANDING, 1, ServerDied, "circuit breaker"),
        (Servers(), Stack(failure="no capacity"), 1, StackFailed, "no capacity"),
        (Servers(), STANDING, 45.1, StartTimedOut, "after 45 minutes"),
        (Servers(healthy=True), STANDING, 45.1, StartTimedOut, "after 45 minutes"),
    ],
)
def test_what_will_not_come_up_is_told(
    servers: Servers, stack: Stack, minutes: float, expected: type[Failure], words: str
) -> None:
    told = failure(servers, stack, minutes)
    assert type(told) is expected
    with pytest.raises(expected, match=words):
        raise told


def test_a_pull_error_is_the_cause_of_all_that_follows() -> None:
    servers = Servers(stopped=(DIED, DIED, UNPULLED), given_up="circuit breaker")
    told = failure(servers, Stack(failure="service did not stabilize"), minutes=60)
    assert type(told) is ImageUnavailable


def test_ecs_knows_more_than_cloudformation_and_both_more_than_the_clock() -> None:
    stack = Stack(failure="service did not stabilize")
    assert type(failure(Servers(stopped=(DIED, DIED)), stack, 60)) is ServerDied
    assert type(failure(Servers(), stack, 60)) is StackFailed


def test_exactly_at_the_end_of_its_time_a_server_may_still_answer() -> None:
    assert look(Servers(healthy=True), minutes=45).ready


def test_a_death_is_told_without_last_words_too() -> None:
    told = failure(Servers(stopped=(DIED, StoppedTask("exited", 1))))
    assert told.message == "The inference server ended with exit code 1."


@pytest.mark.parametrize(
    "reason", ["CannotPullContainerError: a: b", "CannotPullImageManifestError: a: b"]
)
def test_every_kind_of_pull_error_is_known(reason: str) -> None:
    found = failure_of(Servers(stopped=(StoppedTask(reason),)))
    assert found is not None
    assert (type(found), found.message) == (ImageUnavailable, "a: b")


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=1)))
def test_looks_become_rarer_and_never_stop(age: timedelta) -> None:
    assert 1 <= pause(age) <= pause(age * 2) <= 15


def test_the_first_minute_is_watched_closely() -> None:
    assert [pause(timedelta(minutes=minutes)) for minutes in (0, 1, 10, 100)] == [1, 5, 15, 15]


def lambdas_cause(error: Exception) -> Any:
    return json.loads(json.dumps(str(error)))


@pytest.mark.parametrize("cls", FAILURES.values())
@pytest.mark.parametrize("message", ["It ended.", "Traceback:\n  line 1\n\nMemoryError", ""])
def test_a_failure_is_told_whole(cls: type[Failure], message: str) -> None:
    error = WeightsMissing("b", "p") if cls is WeightsMissing else cls(message)
    reason = reason_of(cls.__name__, lambdas_cause(error), FAILURES)
    assert (reason.code, reason.message, reason.fix) == (cls.__name__, error.message, error.fix)
    assert reason.fix


@pytest.mark.parametrize("error", ["States.Timeout", "KeyError", "Lambda.Unknown", "Superseded"])
def test_what_the_platform_says_is_an_internal_error(error: str) -> None:
    reason = reason_of(error, "secret detail", FAILURES)
    assert (reason.code, error in reason.message) == ("InternalError", True)
    assert "secret detail" not in reason.message + reason.fix


def test_missing_weights_name_the_place_and_the_command() -> None:
    error = WeightsMissing("bucket", "org/model")
    assert "s3://bucket/org/model/" in error.message
    assert "aws s3 cp --recursive DIR s3://bucket/org/model/" in error.fix


@pytest.mark.parametrize("cls", FAILURES.values())
def test_every_fix_is_one_line_so_that_a_reason_can_be_taken_apart(cls: type[Failure]) -> None:
    fix = WeightsMissing("b", "p").fix if cls is WeightsMissing else cls.fix
    assert fix
    assert "\n" not in fix
