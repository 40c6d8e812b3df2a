"""Workflow step WatchStack: does the repository's database stand, or will it never?"""

from infrastructure.ownership import Work
from infrastructure.steps import watch_stack
from infrastructure.watching import Asked, Watched
from infrastructure.wiring import site
from kernel.clock import now
from kernel.workflow import step


class Watch(Work):
    """The repository, and the stack that was asked for."""

    asked: Asked


@step(Watch)
def handler(given: Watch) -> Watched:
    return watch_stack(site(), given, given.asked, now())
