"""The token table's stream: tell the others who has a token, and who has one no more."""

from identity.facts import facts_of
from identity.settings import settings
from kernel.events import Change, on_change, publish


@on_change
def handler(change: Change) -> None:
    publish(settings().bus_name, facts_of(change), correlation_id=change.id)
