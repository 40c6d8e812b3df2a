"""A stretch of a pipeline is compared with its bucket: what differs is looked at. Repeatable."""

from ingestion.messages import Stretch
from ingestion.scanning import Comparing
from ingestion.wiring import documents, files, notices, places
from kernel.queues import on_message


@on_message(reads=Stretch)
def handler(stretch: Stretch) -> None:
    Comparing(documents(), files(), places(), notices())(stretch)
