"""The table's stream: tell the others what became true. Row and fact cannot diverge."""

from documents import facts as of_documents
from kernel.events import Change, on_change, publish
from repositories import facts as of_repositories
from repositories.settings import settings


@on_change
def handler(change: Change) -> None:
    facts = [*of_repositories.facts_of(change), *of_documents.facts_of(change)]
    publish(settings().bus_name, facts, correlation_id=change.id)
