"""A step reads what it is given, answers plain JSON, and fails by a name that people can read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from kernel.faults import Fault
from kernel.workflow import step
from tests.support.calling import Context


class Order(BaseModel):
    """What the step is given."""

    lamp: int
    execution: str = ""


class Lit(BaseModel):
    """What it answers."""

    lamp: int
    at: datetime


class NoFuel(Fault):
    fix = "Fill the lamp."


@step(Order)
def light(order: Order) -> Lit | dict[str, Any] | None:
    if order.lamp == 0:
        return None
    if order.lamp < 0:
        raise NoFuel(f"Lamp {order.lamp} is empty.")
    return Lit(lamp=order.lamp, at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_step_answers_plain_json() -> None:
    answer = light({"lamp": 7, "execution": "x"}, Context())
    assert json.loads(json.dumps(answer)) == {"lamp": 7, "at": "2026-01-01T00:00:00Z"}


def test_a_step_may_answer_nothing() -> None:
    assert light({"lamp": 0}, Context()) is None


def test_a_step_may_answer_a_document_of_its_own() -> None:
    handler = step(Order)(lambda order: {"lamp": order.lamp})
    assert handler({"lamp": 7}, Context()) == {"lamp": 7}


def test_a_workflow_learns_the_name_what_happened_and_what_to_do() -> None:
    with pytest.raises(NoFuel) as caught:
        light({"lamp": -1}, Context())
    assert str(caught.value) == "Lamp -1 is empty.\nFill the lamp."


def test_what_a_step_cannot_read_is_no_input_of_its() -> None:
    with pytest.raises(ValidationError, match="lamp"):
        light({"lamp": "seven"}, Context())


def test_a_step_shows_what_it_reads() -> None:
    assert light.reads is Order  # type: ignore[attr-defined]
