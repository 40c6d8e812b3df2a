"""Workflow step FailSummary: write down why there is no summary. Safe to repeat."""

from context.owning import Making, end
from kernel.clock import now
from kernel.workflow import Caught, step
from repositories.wiring import rows


class Ending(Making):
    """The summary, and the error that ended the work on it."""

    error: Caught


@step(Ending)
def handler(given: Ending) -> None:
    end(rows(), given, given.error, now())
