"""A fault says what happened, then what to do, in a workflow and over HTTP alike."""

from typing import get_args

import pytest

from kernel.faults import (
    STATUS,
    Fault,
    ForbiddenError,
    InternalError,
    InvalidInputError,
    Kind,
    UnauthenticatedError,
    ValidationError,
)


class LampBroken(Fault):
    kind = "conflict"
    fix = "Buy a lamp."


def test_a_fault_carries_both_sentences() -> None:
    fault = LampBroken("The lamp is broken.")
    assert str(fault) == "The lamp is broken.\nBuy a lamp."
    assert (fault.message, fault.fix, fault.status) == ("The lamp is broken.", "Buy a lamp.", 409)


def test_a_fault_may_know_a_better_fix_than_its_class() -> None:
    fault = LampBroken("The lamp is broken.", "Turn it on.")
    assert str(fault) == "The lamp is broken.\nTurn it on."
    assert LampBroken.fix == "Buy a lamp."


def test_a_fault_without_a_fix_is_one_sentence() -> None:
    assert str(LampBroken("The lamp is broken.", "")) == "The lamp is broken."


def test_every_kind_has_a_status() -> None:
    assert STATUS.keys() == set(get_args(Kind.__value__))


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (InvalidInputError("Why."), 400),
        (UnauthenticatedError("Why."), 401),
        (ForbiddenError("Why."), 403),
        (ValidationError([]), 422),
        (InternalError("Why."), 500),
    ],
)
def test_the_kernels_faults_have_the_statuses_of_lisa_v3(fault: Fault, status: int) -> None:
    assert fault.status == status
    assert fault.message


def test_an_id_that_is_taken_is_a_bad_request_as_in_lisa_v3() -> None:
    assert (STATUS["exists"], STATUS["conflict"]) == (400, 409)
