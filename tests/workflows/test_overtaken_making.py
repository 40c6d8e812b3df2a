"""A stack that is made while its model is taken away: whatever happens, none is left."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kernel.clock import now
from models import wiring
from models.model import Model, Status
from models.ownership import LONGEST_MAKING, Work, abandon
from models.reasons import ended
from tests.support.in_memory import InMemoryStacks
from tests.support.model_payloads import HOSTED, hosted
from tests.support.model_world import World, gone

MISTRAL = HOSTED["modelId"]


@dataclass
class InterruptedStacks(InMemoryStacks):
    """Stacks whose making is overtaken, and at first loses its answer."""

    meanwhile: Callable[[], object] = lambda: None
    answers_lost: int = 0

    def create(self, model: Model) -> str:
        self.meanwhile()
        digest = super().create(model)
        if self.answers_lost:
            self.answers_lost -= 1
            raise TimeoutError("no answer")
        return digest


@pytest.mark.parametrize("answers_lost", [0, 1])
def test_a_removal_that_overtakes_the_making_of_the_stack_waits_for_it(
    world: World, answers_lost: int
) -> None:
    overtaken: list[bool] = []

    def removed() -> None:
        world.delete(MISTRAL)
        [_, removal] = world.executions
        while removal.running and removal.waited < 20:
            world.advance(removal)
        overtaken.append(gone(world, MISTRAL))

    world.stacks = InterruptedStacks(meanwhile=removed, answers_lost=answers_lost)
    with wiring.use(stacks=world.stacks):
        world.create(HOSTED)
        world.settle()
    assert (overtaken, gone(world, MISTRAL)) == ([False], True)
    assert world.told()[-1] == "ModelRemoved"
    assert world.executions[0].visited[-1] == "NotCreated"


def test_a_stack_whose_maker_died_is_waited_for_as_long_as_it_can_appear(world: World) -> None:
    world.models.add(hosted().making(now() + LONGEST_MAKING))
    world.delete(MISTRAL)
    for _ in range(20):
        world.advance(world.executions[-1])
    model = world.model(MISTRAL)
    assert (model.status, world.stacks.standing) == (Status.DELETING, {})
    world.models.replace(model, model.making(until=now()))
    world.settle()
    assert gone(world, MISTRAL)


def test_a_stack_that_is_made_after_its_workflow_was_aborted_is_taken_back(world: World) -> None:
    def aborted() -> None:
        work = Work(model_id=MISTRAL, execution=world.executions[0].arn)
        abandon(world.models, work, ended("ABORTED"), now())

    world.stacks = InterruptedStacks(meanwhile=aborted)
    with wiring.use(stacks=world.stacks):
        world.create(HOSTED)
        world.settle()
        assert world.stacks.leaving == {MISTRAL}
        assert world.model(MISTRAL).status is Status.FAILED
        world.delete(MISTRAL)
        world.settle()
        assert gone(world, MISTRAL)


def test_a_workflow_that_comes_back_late_does_not_touch_the_stack_of_a_namesake(
    world: World,
) -> None:
    world.create(HOSTED)
    [old] = world.executions
    while old.state != "CreateStack":
        world.advance(old)
    world.delete(MISTRAL)
    world.executions[-1].run()
    world.deliver()
    world.create(HOSTED)
    while not world.stacks.standing:
        world.advance(world.executions[-1])
    old.run()
    assert not world.stacks.leaving
    world.settle()
    assert world.model(MISTRAL).status is Status.IN_SERVICE
