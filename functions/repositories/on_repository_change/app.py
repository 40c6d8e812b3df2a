"""The table's stream: tell the others what became true. Row and fact cannot diverge."""

from kernel.events import Change, on_change, publish
from repositories.facts import facts_of
from repositories.settings import settings


@on_change
def handler(change: Change) -> None:
    publish(settings().bus_name, facts_of(change), correlation_id=change.id)
