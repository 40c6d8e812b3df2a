"""Once a day every pipeline is compared with its bucket: what differs is looked at again."""

from typing import Any

from ingestion.reacting import Scanning
from ingestion.wiring import documents, files, notices, places
from kernel.observability import Event, observed


@observed
def handler(event: Event, context: Any) -> None:
    Scanning(documents(), files(), places(), notices())()
