"""The table's stream: tell the others what administrators have switched on and off."""

from configuration.facts import facts_of
from configuration.settings import settings
from kernel.events import Change, on_change, publish


@on_change
def handler(change: Change) -> None:
    publish(settings().bus_name, facts_of(change), correlation_id=change.id)
