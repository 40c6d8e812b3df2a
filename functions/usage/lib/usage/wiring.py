"""The composition root: the only module that knows adapters, and loads each when first needed."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from kernel.composition import Composition
from usage.settings import Settings

if TYPE_CHECKING:
    from usage.ports import Ledger

composed = Composition()


def use(ledger: "Ledger") -> AbstractContextManager[None]:
    """Place another implementation for a while: how tests run the functions without AWS."""
    return composed.use({"ledger": ledger})


@composed.kept
def ledger() -> "Ledger":
    """Return the table of usage."""
    from usage.adapters.dynamo import DynamoLedger

    settings = Settings.load()
    return DynamoLedger(settings.usage_table, settings.retention_days)
