"""Once a day every pipeline is to be compared with its bucket. Safe to repeat."""

from typing import Any

from ingestion.scanning import Scanning
from ingestion.wiring import notices, places
from kernel.observability import Event, observed


@observed
def handler(event: Event, context: Any) -> None:
    Scanning(places(), notices())()
