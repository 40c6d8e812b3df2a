"""Workflow step WatchRemoval: is the repository's stack gone, on its way, or stuck?"""

from infrastructure.ownership import Work
from infrastructure.steps import watch_removal
from infrastructure.watching import Removal
from infrastructure.wiring import site
from kernel.clock import now
from kernel.workflow import step


@step(Work)
def handler(work: Work) -> Removal:
    return watch_removal(site(), work, now())
