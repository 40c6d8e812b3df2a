"""When a collection is to go, remove all that is in it, and its row last. Safe to repeat."""

from pydantic import BaseModel

from kernel.clock import now
from kernel.events import Received, on
from repositories.removing import collection_removed
from repositories.wiring import broom


class Removal(BaseModel):
    """Our reading: only the fields we use."""

    repository_id: str
    collection_id: str


@on("repositories", "CollectionRemovalRequested.v1", reads=Removal)
def handler(fact: Received[Removal]) -> None:
    collection_removed(broom(), fact.data.repository_id, fact.data.collection_id, now())
