"""What the gateway tells of an answer whose reader has left. No route leads here."""

from kernel.clock import now
from kernel.workflow import step
from sessions.keeping import Leftover, keep
from sessions.wiring import sessions


@step(Leftover)
def handler(told: Leftover) -> dict[str, bool]:
    return {"awaited": keep(sessions(), told, now())}
