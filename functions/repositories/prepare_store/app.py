"""Workflow step PrepareStore: take the new database into use. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import prepare_store
from kernel.clock import now
from kernel.workflow import step
from repositories.wiring import ground


class Standing(Work):
    """The repository, and where its database answers."""

    endpoint: str


@step(Standing)
def handler(given: Standing) -> None:
    prepare_store(ground(), given, given.endpoint, now())
