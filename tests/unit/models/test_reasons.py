"""A workflow's error as a person reads it."""

import json

import pytest

from diagnosis import Reason
from kernel.workflow import Caught
from models.errors import Diagnosed, NoAnswerYet
from models.reasons import ended, reason_of

REASON = Reason("NoCapacity", "There is\nnone.", 'Choose "another".')


def caught(error: Exception) -> Caught:
    """What Step Functions makes of an exception of a function."""
    told = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": []}
    return Caught(Error=type(error).__name__, Cause=json.dumps(told))


@pytest.mark.parametrize("kind", [Diagnosed, NoAnswerYet])
def test_what_a_step_found_out_reaches_the_row_whole(kind: type[Diagnosed]) -> None:
    reason = reason_of(caught(kind(REASON)))
    assert (reason.code, reason.message, reason.fix) == (REASON.code, REASON.message, REASON.fix)


@pytest.mark.parametrize(
    "error",
    [
        caught(OSError("lost the connection")),
        Caught(Error="States.Timeout", Cause=""),
        Caught(Error="Lambda.Unknown", Cause="The cause could not be determined."),
    ],
)
def test_a_step_that_broke_says_so(error: Caught) -> None:
    reason = reason_of(error)
    assert reason.code == "InternalError"
    assert error.error in reason.message
    assert reason.fix


def test_a_workflow_that_was_ended_says_how() -> None:
    assert "ABORTED" in ended("ABORTED").message
