"""Workflow step JoinSummaries: the whole, or the parts of another round. Safe to repeat."""

from context.making import Joining
from context.owning import Making
from context.rounds import Round
from context.wiring import notebook
from kernel.workflow import step
from repositories.wiring import rows


class AllParts(Making):
    """The summary, and the round whose parts are done."""

    round: int


@step(AllParts)
def handler(given: AllParts) -> Round:
    return Joining(rows(), notebook())(given, given.round)
