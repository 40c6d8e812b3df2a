"""When a session is gone, remove its messages and their pictures. Safe to repeat."""

from kernel.events import Received, on
from sessions.attaching import sweep
from sessions.session import Remains
from sessions.wiring import pictures, sessions


@on("sessions", "SessionDeleted.v1", reads=Remains)
def handler(fact: Received[Remains]) -> None:
    sweep(sessions(), pictures(), fact.data)
