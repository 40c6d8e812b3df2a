"""Word of an object: it becomes a document, changes or goes, as it is found now. Safe to repeat."""

from ingestion.messages import Notice
from ingestion.reacting import Accepting
from ingestion.wiring import documents, files, places
from kernel.queues import on_message
from repositories.settings import settings


@on_message(reads=Notice)
def handler(notice: Notice) -> None:
    Accepting(documents(), files(), places(), settings().documents_bucket)(notice)
