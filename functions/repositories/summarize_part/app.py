"""Workflow step SummarizePart: one part's summary, by the model. Safe to repeat."""

from context.making import Summarising
from context.owning import Making
from context.wiring import notebook, writer
from kernel.workflow import step
from repositories.wiring import rows


class OnePart(Making):
    """The summary, and which part of which round."""

    round: int
    part: int


@step(OnePart)
def handler(given: OnePart) -> None:
    Summarising(rows(), notebook(), writer())(given, given.round, given.part)
