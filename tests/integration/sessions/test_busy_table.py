"""A table that is busy: who meets another waits, and says so if that takes too long."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from sessions.adapters.dynamo import TRIES, DynamoSessions
from sessions.errors import SessionBusyError
from sessions.ports import Change, LostRaceError
from sessions.session import Session, begun, growth
from tests.integration.sessions.conftest import DAYS, TABLE
from tests.support.session_world import AT, a_message

SESSION = begun("ada", "session-1", growth([a_message(1)], None, AT))


def change(sessions: DynamoSessions, session: Session) -> None:
    sessions.change(session, Change(name="New"))


def refused(*codes: str) -> dict[str, Any]:
    reasons = [{"Code": code} for code in codes]
    return {
        "service_error_code": "TransactionCanceledException",
        "modeled_fields": {"CancellationReasons": reasons},
    }


def tried(
    aws: Any, work: Callable[[DynamoSessions], None], *answers: tuple[str, Any]
) -> list[float]:
    """The pauses of a write that is answered so; the last answer is the table's own."""
    slept: list[float] = []
    with Stubber(aws) as stub:
        for operation, refusal in answers:
            if refusal is None:
                stub.add_response(operation, {})
            else:
                stub.add_client_error(operation, **refusal)
        work(DynamoSessions(TABLE, DAYS, slept.append))
        stub.assert_no_pending_responses()
    return slept


def test_who_meets_another_waits_longer_each_time(aws: Any) -> None:
    write = "transact_write_items"
    met = (write, refused("None", "TransactionConflict"))
    throttled = (write, refused("ThrottlingError"))
    slept = tried(aws, lambda one: change(one, SESSION), met, throttled, met, (write, None))
    assert len(slept) == 3
    assert slept[0] < slept[2] < 0.2


@pytest.mark.parametrize(
    ("operation", "work"),
    [
        ("delete_item", lambda one: one.remove(SESSION)),
        ("update_item", lambda one: one.forget("ada")),
    ],
)
def test_a_removal_waits_for_who_is_writing(
    aws: Any, operation: str, work: Callable[[DynamoSessions], None]
) -> None:
    met = (operation, {"service_error_code": "TransactionConflictException"})
    assert len(tried(aws, work, met, (operation, None))) == 1


def test_who_waits_too_long_is_told_so(aws: Any) -> None:
    met = ("transact_write_items", refused("TransactionConflict"))
    with pytest.raises(SessionBusyError) as busy:
        tried(aws, lambda one: change(one, SESSION), *[met] * TRIES)
    assert busy.value.status == 429


def test_a_condition_that_fails_is_a_lost_race_whatever_else_there_is(aws: Any) -> None:
    lost = ("transact_write_items", refused("ConditionalCheckFailed", "TransactionConflict"))
    with pytest.raises(LostRaceError):
        tried(aws, lambda one: change(one, SESSION), lost)


def test_what_is_no_refusal_is_not_tried_again(aws: Any) -> None:
    for refusal in (refused("ValidationError"), {"service_error_code": "AccessDeniedException"}):
        with pytest.raises(ClientError):
            tried(aws, lambda one: change(one, SESSION), ("transact_write_items", refusal))
