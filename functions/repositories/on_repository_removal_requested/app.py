"""When a repository is to go, remove all that is in it, and its row last. Safe to repeat."""

from pydantic import BaseModel

from kernel.clock import now
from kernel.events import Received, on
from repositories.removing import repository_removed
from repositories.wiring import broom


class Removal(BaseModel):
    """Our reading: only the field we use."""

    repository_id: str


@on("repositories", "RepositoryRemovalRequested.v1", reads=Removal)
def handler(fact: Received[Removal]) -> None:
    repository_removed(broom(), fact.data.repository_id, now())
