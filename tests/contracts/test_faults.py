"""What goes wrong is said to people: a status, what happened, and what to do about it."""

import re

import pytest

from kernel.faults import STATUS, Fault
from tests.support.faults import all_faults
from tests.support.routes import PAGE
from tests.support.templates import template

FAULTS = [pytest.param(fault, id=fault.__name__) for fault in all_faults()]
# These say no fix, for a reason.
WITHOUT_FIX = {
    "ModelNotFoundError": "Clients of LISA v3 compare its sentence.",
    "ModelAlreadyExistsError": "Clients of LISA v3 compare its sentence.",
    "InvalidInputError": "Clients of LISA v3 compare its sentence, and it ends with the cause.",
    "ValidationError": "Clients of LISA v3 compare its sentence; its details say what to mend.",
    "DocumentSuperseded": "It ends a workflow that has nothing left to do; nobody is to act.",
    "RepositorySuperseded": "It ends a workflow that has nothing left to do; nobody is to act.",
    "Superseded": "It ends a workflow that has nothing left to do; nobody is to act.",
}
# Their text is a reason of `diagnosis` or `planning`, which has a fix of its own.
CARRIES_A_REASON = {
    "Diagnosed", "DocumentRefused", "NoAnswerYet", "Reasoned", "RepositoryNotReady",
    "RepositoryRefused",
}  # fmt: skip
PUBLISHED = {400, 401, 403, 404, 409, 422, 429, 500}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_a_status(fault: type[Fault]) -> None:
    assert STATUS[fault.kind] in PUBLISHED


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_says_what_to_do_or_there_is_a_reason_why_not(fault: type[Fault]) -> None:
    if fault.__name__ in WITHOUT_FIX:
        assert fault.fix == ""
    elif fault.__name__ not in CARRIES_A_REASON:
        assert fault.fix.endswith(".")
        # The advice to try again is for what nobody foresaw: a fault of its own has its own.
        assert "fix" in vars(fault) or "__init__" in vars(fault)


def test_no_two_faults_share_a_name() -> None:
    names = [fault.__name__ for fault in all_faults()]
    assert sorted(set(names)) == names


def test_a_refusal_of_the_api_itself_reads_like_any_other() -> None:
    refusals = template(PAGE)["Resources"]["Api"]["Properties"]["GatewayResponses"]
    for refusal in refusals.values():
        body = refusal["ResponseTemplates"]["application/json"]
        body = body["Fn::Sub"][0] if isinstance(body, dict) else body
        assert re.match(r'\{"error": "\w+Error", "message": ', body)
        assert re.search(r'[.]"\}$|\$context\.error\.messageString\}$', body)
    assert {"UNAUTHORIZED", "DEFAULT_4XX", "DEFAULT_5XX"} <= refusals.keys()
