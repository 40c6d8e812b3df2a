"""When a session is gone, remove its messages. Safe to repeat."""

from pydantic import BaseModel

from kernel.events import Received, on
from sessions.wiring import sessions


class Deleted(BaseModel):
    """Our reading: only the field we use."""

    contents: str


@on("sessions", "SessionDeleted.v1", reads=Deleted)
def handler(fact: Received[Deleted]) -> None:
    sessions().sweep(fact.data.contents)
