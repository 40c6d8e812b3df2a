"""Which changes of a row make something true, for every pair of states."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.events import Change
from models.facts import (
    ModelChangeFailed,
    ModelChangeRequested,
    ModelDeletionRequested,
    ModelFact,
    ModelFailed,
    ModelReady,
    ModelRemoved,
    ModelRequested,
    ModelStopped,
    facts_of,
)
from models.model import FailureReason, Model, Status
from tests.support.model_payloads import NOON, external, hosted

REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")
SERVING = hosted("m").serving("http://m/v1", NOON)
ROWS: dict[Status, Model] = {
    Status.CREATING: hosted("m"),
    Status.IN_SERVICE: SERVING,
    Status.UPDATING: SERVING.became(Status.UPDATING, NOON),
    Status.STOPPING: SERVING.became(Status.STOPPING, NOON),
    Status.STOPPED: SERVING.stopped(NOON),
    Status.STARTING: SERVING.stopped(NOON).became(Status.STARTING, NOON),
    Status.FAILED: hosted("m").failed(REASON, NOON),
    Status.DELETING: hosted("m").deleting(NOON),
}
BECAME: dict[Status, ModelFact] = {
    Status.CREATING: ModelRequested(model_id="m", hosted=True),
    Status.IN_SERVICE: ModelReady(model_id="m", model_type="textgen"),
    Status.UPDATING: ModelChangeRequested(model_id="m", change="update"),
    Status.STOPPING: ModelChangeRequested(model_id="m", change="stop"),
    Status.STOPPED: ModelStopped(model_id="m"),
    Status.STARTING: ModelChangeRequested(model_id="m", change="start"),
    Status.FAILED: ModelFailed(model_id="m", code="ServerDied"),
    Status.DELETING: ModelDeletionRequested(model_id="m", hosted=True),
}


def document(model: Model | None) -> dict[str, Any] | None:
    return (
        None if model is None else model.model_dump(mode="json", by_alias=True, exclude_none=True)
    )


def told(before: Model | None, after: Model | None) -> list[ModelFact]:
    return facts_of(Change(id="1", before=document(before), after=document(after)))


@pytest.mark.parametrize("after", Status)
@pytest.mark.parametrize("before", [None, *Status])
def test_a_new_status_is_told_once(before: Status | None, after: Status) -> None:
    facts = told(None if before is None else ROWS[before], ROWS[after])
    assert facts == ([] if before is after else [BECAME[after]])


@pytest.mark.parametrize("before", Status)
def test_a_row_that_goes_is_told(before: Status) -> None:
    assert told(ROWS[before], None) == [ModelRemoved(model_id="m")]


@pytest.mark.parametrize("status", Status)
def test_a_new_owner_or_revision_is_nobodys_business(status: Status) -> None:
    row = ROWS[status]
    assert told(row, row.claimed_by("execution").model_copy(update={"revision": 2})) == []


@pytest.mark.parametrize("status", Status)
def test_only_a_removal_can_be_asked_for_again(status: Status) -> None:
    again = ROWS[status].noted("", NOON + timedelta(hours=1))
    assert told(ROWS[status], again) == (
        [BECAME[Status.DELETING]] if status is Status.DELETING else []
    )


@pytest.mark.parametrize("status", [Status.UPDATING, Status.STARTING, Status.STOPPING])
def test_a_change_that_was_taken_back_is_told_with_its_code(status: Status) -> None:
    row = ROWS[status]
    back = row.reverted(REASON, "http://m/v1", NOON)
    assert told(row, back) == [
        ModelChangeFailed(model_id="m", code="ServerDied"),
        BECAME[back.status],
    ]


def test_a_fact_says_whether_there_are_servers() -> None:
    assert told(None, external("m")) == [ModelRequested(model_id="m", hosted=False)]


def test_a_status_that_nobody_knows_is_not_passed_over() -> None:
    strange = {**(document(hosted("m")) or {}), "status": "Sleeping"}
    with pytest.raises(ValueError, match="unknown status 'Sleeping'"):
        facts_of(Change(id="1", before=None, after=strange))


@pytest.mark.parametrize("fact", [*BECAME.values(), ModelRemoved(model_id="m")])
def test_a_fact_is_named_after_its_class_and_version(fact: ModelFact) -> None:
    assert fact.detail_type() == f"{type(fact).__name__}.v1"
    assert fact.source == "models"
