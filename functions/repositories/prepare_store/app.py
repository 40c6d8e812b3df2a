"""Workflow step PrepareStore: take the new database into use. Safe to repeat."""

from infrastructure.ownership import Work
from infrastructure.steps import prepare_store
from kernel.clock import now
from kernel.workflow import step
from repositories.wiring import ground


class Standing(Work):
    """The repository, where its database answers, and the secret with its password, if any."""

    endpoint: str
    secret: str | None


@step(Standing)
def handler(given: Standing) -> None:
    prepare_store(ground(), given, given.endpoint, given.secret, now())
