"""The table's stream: tell the others what became true. Row and fact cannot diverge."""

from context import facts as of_summaries
from documents import facts as of_documents
from ingestion import facts as of_pipelines
from kernel.events import Change, on_change, publish
from repositories import facts as of_repositories
from repositories.settings import settings

READERS = (of_repositories, of_pipelines, of_documents, of_summaries)


@on_change
def handler(change: Change) -> None:
    facts = [fact for reader in READERS for fact in reader.facts_of(change)]
    publish(settings().bus_name, facts, correlation_id=change.id)
