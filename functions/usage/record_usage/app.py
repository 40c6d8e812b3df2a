"""What the gateways tell of finished requests is added to the day's figures. Safe to repeat."""

from kernel.queues import on_message
from usage.booking import rows
from usage.record import Batch
from usage.wiring import ledger


@on_message(reads=Batch)
def handler(batch: Batch) -> None:
    ledger().add(batch.batch, rows(batch))
