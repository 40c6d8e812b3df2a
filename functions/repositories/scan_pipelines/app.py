"""Once a day every pipeline is compared with its bucket: what differs is looked at again."""

from typing import Any

from ingestion.reacting import Scanning
from kernel.observability import Event, observed
from repositories.wiring import documents, files, notices, places


@observed
def handler(event: Event, context: Any) -> None:
    Scanning(documents(), files(), places(), notices())()
