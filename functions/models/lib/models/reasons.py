"""A workflow's error as a person should read it. Pure."""

import json
from dataclasses import asdict

from diagnosis import Reason
from kernel.workflow import Caught
from models.errors import Diagnosed, NoAnswerYet
from models.model import FailureReason

_KNOWN = {Diagnosed.__name__, NoAnswerYet.__name__}


def reason_of(caught: Caught) -> FailureReason:
    """Return the reason that a step found out, or that a step broke: the platform's words."""
    if caught.error in _KNOWN:
        found = Reason(**json.loads(caught.text))
        return FailureReason(**asdict(found))
    return FailureReason(
        code="InternalError",
        message=f"A step of the workflow failed: {caught.error}.",
        fix="Try again; if it persists, delete the model, and look for its execution in Step "
        "Functions and at the log of the step that failed.",
    )


def ended(how: str) -> FailureReason:
    """Return the reason of a model whose workflow was ended from outside: ABORTED, TIMED_OUT."""
    return FailureReason(
        code="WorkflowEnded",
        message=f"The workflow that held the model ended before its work was done: {how}.",
        fix="Delete the model, which removes what was made for it, and create it again.",
    )
