"""One execution owns a model at a time, whoever comes first and whatever comes in between."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.errors import Busy, ModelBusyError, ModelNotFoundError, Superseded
from models.model import FailureReason, Model, Status
from models.ownership import (
    WITHDRAWALS,
    Work,
    abandon,
    answerable,
    change,
    claim,
    owned,
    withdraw,
)
from models.ports import Models
from tests.support.in_memory import InMemoryModels
from tests.support.model_payloads import NOON, hosted
from tests.support.rushed_models import table, table_racing

LATER = NOON + timedelta(seconds=30)
FIRST, SECOND = (Work(model_id="m", execution=name) for name in ("first", "second"))
REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")
CREATING = [Status.CREATING]


def test_the_first_to_claim_owns_the_model() -> None:
    models = table(hosted("m"))
    assert claim(models, FIRST, CREATING).execution == "first"
    assert owned(models, FIRST).execution == "first"
    with pytest.raises(Superseded, match="another workflow has it"):
        claim(models, SECOND, CREATING)
    with pytest.raises(Superseded, match="taken over"):
        owned(models, SECOND)


def test_claiming_twice_is_claiming_once() -> None:
    models = table(hosted("m"))
    assert claim(models, FIRST, CREATING) == claim(models, FIRST, CREATING)
    assert models.get("m").revision == 2


@pytest.mark.parametrize(
    "model",
    [
        hosted("m").serving("http://m/v1", NOON),
        hosted("m").failed(REASON, NOON),
        hosted("m").deleting(NOON),
    ],
)
def test_what_is_no_longer_expected_cannot_be_claimed(model: Model) -> None:
    with pytest.raises(Superseded, match=f"is {model.status}"):
        claim(table(model), FIRST, CREATING)


@pytest.mark.parametrize("function", [claim, answerable])
def test_a_model_that_is_gone_has_no_owner(
    function: Callable[[Models, Work, list[Status]], Model],
) -> None:
    with pytest.raises(Superseded, match="has been removed"):
        function(InMemoryModels(), FIRST, CREATING)
    with pytest.raises(Superseded, match="has been removed"):
        owned(InMemoryModels(), FIRST)


@pytest.mark.parametrize("error", [Superseded, Busy])
def test_a_claim_wins_against_a_few_writes_of_others(error: type[Superseded | Busy]) -> None:
    models = table(hosted("m"))
    models.races, models.error = WITHDRAWALS - 1, error
    assert claim(models, FIRST, CREATING) == owned(models, FIRST)
    with pytest.raises(Busy):
        claim(table_racing(hosted("m"), WITHDRAWALS), FIRST, CREATING)


@pytest.mark.parametrize("error", [Superseded, Busy])
def test_an_aborted_workflow_is_told_though_its_last_step_still_writes(
    error: type[Superseded | Busy],
) -> None:
    models = table_racing(hosted("m").claimed_by("first"), WITHDRAWALS - 1)
    models.error = error
    abandon(models, FIRST, REASON, LATER)
    assert models.get("m").status is Status.FAILED
    with pytest.raises(Busy):
        abandon(table_racing(hosted("m").claimed_by("first"), WITHDRAWALS), FIRST, REASON, LATER)


def test_only_the_owner_or_who_could_not_claim_answers_for_a_model() -> None:
    models = table(hosted("m"))
    assert answerable(models, FIRST, CREATING) == models.get("m")
    claim(models, FIRST, CREATING)
    assert answerable(models, FIRST, CREATING).execution == "first"
    with pytest.raises(Superseded):
        answerable(models, SECOND, CREATING)


@pytest.mark.parametrize("model", [hosted("m").deleting(NOON), hosted("m").failed(REASON, NOON)])
def test_nobody_answers_for_what_has_become_something_else(model: Model) -> None:
    with pytest.raises(Superseded):
        answerable(table(model), FIRST, CREATING)


def test_a_removal_takes_the_model_from_its_owner_and_its_callers() -> None:
    models = table(hosted("m").claimed_by("first").serving("http://m/v1", NOON))
    withdraw(models, "m", LATER)
    model = models.get("m")
    assert (model.status, model.route, model.execution) == (Status.DELETING, None, None)
    with pytest.raises(Superseded):
        owned(models, FIRST)


def test_a_removal_of_nothing_is_told() -> None:
    with pytest.raises(ModelNotFoundError):
        withdraw(InMemoryModels(), "m", LATER)


@pytest.mark.parametrize("error", [Superseded, Busy])
@pytest.mark.parametrize("races", range(1, WITHDRAWALS))
def test_a_removal_wins_against_a_few_writes(races: int, error: type[Superseded | Busy]) -> None:
    models = table(hosted("m"))
    models.races, models.error = races, error
    withdraw(models, "m", LATER)
    assert models.get("m").status is Status.DELETING


def test_a_removal_that_keeps_losing_says_so() -> None:
    models = table(hosted("m"))
    models.races = WITHDRAWALS
    with pytest.raises(Busy, match="Repeat the request in a moment"):
        withdraw(models, "m", LATER)


def test_a_removal_under_way_is_left_to_whoever_has_it() -> None:
    models = table(hosted("m").deleting(NOON).claimed_by("first"))
    withdraw(models, "m", LATER)
    assert owned(models, FIRST).timeline == hosted("m").deleting(NOON).timeline


def test_a_removal_that_may_have_been_lost_begins_anew() -> None:
    models = table(hosted("m").deleting(NOON).claimed_by("first"))
    withdraw(models, "m", NOON + timedelta(minutes=1))
    with pytest.raises(Superseded):
        owned(models, FIRST)
    assert claim(models, SECOND, [Status.DELETING]).execution == "second"


def stopping(model: Model) -> Model:
    return model.became(Status.STOPPING, LATER)


def test_a_change_is_written_once() -> None:
    models = table(hosted("m").serving("http://m/v1", NOON))
    assert change(models, "m", stopping).status is Status.STOPPING
    assert models.get("m").revision == 2


@pytest.mark.parametrize("error", [Superseded, Busy])
def test_of_two_changes_at_once_one_is_told_to_wait(error: type[Superseded | Busy]) -> None:
    models = table(hosted("m").serving("http://m/v1", NOON))
    models.races, models.error = 1, error
    with pytest.raises(ModelBusyError):
        change(models, "m", stopping)
    assert models.get("m").status is Status.IN_SERVICE


def test_a_model_whose_workflow_is_no_more_has_failed() -> None:
    models = table(hosted("m").claimed_by("first"))
    abandon(models, SECOND, REASON, LATER)
    assert models.get("m").status is Status.CREATING
    abandon(models, FIRST, REASON, LATER)
    assert (models.get("m").status, models.get("m").failure_reason) == (Status.FAILED, REASON)


def test_a_workflow_that_had_done_its_work_leaves_nothing_to_say() -> None:
    models = table(hosted("m").claimed_by("first").serving("http://m/v1", NOON))
    abandon(models, FIRST, REASON, LATER)
    assert models.get("m").status is Status.IN_SERVICE
    abandon(InMemoryModels(), FIRST, REASON, LATER)
