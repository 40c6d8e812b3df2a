"""When somebody removed all sessions, remove the rows of each. Safe to repeat."""

from pydantic import BaseModel

from kernel.events import Received, on
from sessions.wiring import sessions


class Cleared(BaseModel):
    """Our reading: only the fields we use."""

    owner: str
    history: int


@on("sessions", "HistoryCleared.v1", reads=Cleared)
def handler(fact: Received[Cleared]) -> None:
    sessions().sweep_history(fact.data.owner, fact.data.history)
