"""The table's stream: tell what is gone. Row and fact cannot diverge."""

from kernel.events import Change, on_change, publish
from sessions.facts import facts_of
from sessions.settings import settings


@on_change
def handler(change: Change) -> None:
    publish(settings().bus_name, facts_of(change), correlation_id=change.id)
