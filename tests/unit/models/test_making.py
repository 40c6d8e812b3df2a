"""While a step makes a stack, the row says so: to a removal above all."""

from datetime import timedelta

import pytest

from models.errors import Busy, Superseded
from models.model import FailureReason, Status
from models.ownership import LONGEST_MAKING, WITHDRAWALS, Work, abandon, making, withdraw
from tests.support.model_payloads import NOON, hosted
from tests.support.rushed_models import table

LATER = NOON + timedelta(seconds=30)
FIRST = Work(model_id="m", execution="first")
REASON = FailureReason(code="ServerDied", message="It ended.", fix="Mend it.")


def test_while_a_stack_is_made_the_row_says_so_whoever_has_it() -> None:
    models = table(hosted("m").claimed_by("first"))
    with making(models, FIRST, NOON) as model:
        assert model == models.get("m")
        withdraw(models, "m", NOON)
        assert models.get("m").may_be_made(NOON + LONGEST_MAKING - timedelta(seconds=1))
        assert not models.get("m").may_be_made(NOON + LONGEST_MAKING)
    assert (models.get("m").status, models.get("m").making_until) == (Status.DELETING, None)


def test_a_model_whose_making_was_aborted_may_still_get_a_stack() -> None:
    models = table(hosted("m").claimed_by("first"))
    with making(models, FIRST, NOON):
        abandon(models, FIRST, REASON, NOON)
        assert models.get("m").may_be_made(NOON)
    assert not models.get("m").may_be_made(NOON)


def test_who_has_lost_the_model_makes_nothing() -> None:
    models = table(hosted("m").claimed_by("first").deleting(NOON))
    with pytest.raises(Superseded), making(models, FIRST, NOON):
        raise AssertionError("a stack was made")
    assert models.get("m").making_until is None


def test_a_making_that_breaks_is_over_too() -> None:
    models = table(hosted("m").claimed_by("first"))
    with pytest.raises(TimeoutError), making(models, FIRST, NOON):
        raise TimeoutError
    assert not models.get("m").may_be_made(NOON)


def test_a_later_attempt_is_not_ended_by_an_earlier_one() -> None:
    models = table(hosted("m").claimed_by("first"))
    with making(models, FIRST, LATER):
        with making(models, FIRST, NOON):
            model = models.get("m")
            models.replace(model, model.making(LATER + LONGEST_MAKING))
        assert models.get("m").may_be_made(LATER)
    assert not models.get("m").may_be_made(LATER)


@pytest.mark.parametrize("error", [Superseded, Busy])
def test_that_a_making_is_over_wins_against_a_few_writes(error: type[Superseded | Busy]) -> None:
    models = table(hosted("m").claimed_by("first"))
    with making(models, FIRST, NOON):
        models.races, models.error = WITHDRAWALS - 1, error
    assert models.get("m").making_until is None


def test_a_making_that_ends_after_its_model_is_gone_has_nothing_to_say() -> None:
    models = table(hosted("m").claimed_by("first"))
    with making(models, FIRST, NOON):
        models.remove(models.get("m"))
    assert list(models.all()) == []
